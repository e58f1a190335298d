"""The one model of a report: what Word, PDF, Excel and the page each draw in their own way."""
