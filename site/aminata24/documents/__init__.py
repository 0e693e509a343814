"""What the newsroom offers as a file: what may be uploaded, and how it leaves the house."""
