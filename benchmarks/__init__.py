"""The measurements of `script/bench`: each module measures one subject and prints its figures beside the targets."""
