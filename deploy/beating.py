"""Exit 0 if a file was touched within so many seconds: the health check of processes that listen nowhere."""

import os
import sys
import time

path, seconds = sys.argv[1], float(sys.argv[2])
try:
    age = time.time() - os.stat(path).st_mtime
except OSError as error:
    sys.exit(f"{path}: {error.strerror}")
if age > seconds:
    sys.exit(f"{path}: no sign of life for {age:.0f} s")
