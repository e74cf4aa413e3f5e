"""How an issue is read: charts, web pages and PDFs, in every language."""
