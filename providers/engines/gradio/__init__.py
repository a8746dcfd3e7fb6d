"""Gradio's wire protocols, versions 4, 5 and 6: call, queue and predict.

```
provider   GradioProvider: a run as events; the base of every provider on Gradio
  run      one run: resolve, begin, follow, cancel
    resolve    documented endpoint -> the server's own   (memory: what is remembered of servers; space: /config)
    protocols  call, queue, predict -> messages          (messages, diffs; ../sse.py)
    job        ids of a job, cancellation
    link       requests with deadlines and bounds        (errors: refusals as our classes)
  files    pictures in an answer
```
"""

from providers.engines.gradio.provider import GradioProvider

__all__ = ["GradioProvider"]
