"""The translators' files in `locale/`: collected from code and templates, and compiled for Django."""
