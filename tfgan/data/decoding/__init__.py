"""Image files: what they declare, their pixels, preprocessing, and the cache of decoded images."""
