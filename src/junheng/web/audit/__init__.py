"""The audit log: who wrote what, when, before and after; a chain of hashes that shows any tampering."""
