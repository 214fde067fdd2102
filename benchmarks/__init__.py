"""The figures of `script/bench`: each module measures one promise and prints what it found."""
