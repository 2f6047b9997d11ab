"""What differs between editions: records compared field by field, texts word by word, the history of each record."""
