# Sourced: finds the Python that makes the virtual environment.
python=$(command -v python3.11 || command -v python3) || { echo "Python 3.11 is missing" >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed" >&2; exit 1; }
