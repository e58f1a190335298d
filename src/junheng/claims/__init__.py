"""Find and check the numbers of written Chinese reports: is what the report says true?"""
