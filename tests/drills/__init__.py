"""Long machines, matrices, kills and load, run by `script/drill NAME`; script/test runs a sample of each."""
