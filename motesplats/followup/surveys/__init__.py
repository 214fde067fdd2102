"""Surveys with seven grades: asked without names, told of six or more; and the newcomers' faces after the day."""
