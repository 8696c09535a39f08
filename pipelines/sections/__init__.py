"""The sections of a page, one module each: when it has something to say, its heading, sentences, charts and tables."""
