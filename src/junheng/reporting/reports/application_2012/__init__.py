"""申报表 of 2012: 表Ⅰ to 表Ⅶ, a module a table; other forms take their tables from here."""
