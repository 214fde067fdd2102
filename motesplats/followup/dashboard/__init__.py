"""The secretariat's and a site's figures as one page of pictures and tables, and each table as a file."""
