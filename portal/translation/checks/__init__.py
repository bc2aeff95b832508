"""What a translation says otherwise than its original: numbers, dates, links, names. Advice, never a bar."""
