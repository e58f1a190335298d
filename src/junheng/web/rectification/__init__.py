"""The list of gaps (问题清单): every failed requirement, who mends it until when, and who confirmed it."""
