"""教师交流轮岗: who moves where, so that gaps close, the shares are met and nobody is sent far for nothing."""
