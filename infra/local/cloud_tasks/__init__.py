"""Stands in for Cloud Tasks: `google.cloud.tasks.v2.CloudTasks` over gRPC, with Google's own message types.

`python -m infra.local.cloud_tasks --port P --project ID --db FILE --identity URL` holds the queues of
infra/functions.yaml. The official client talks to it over an insecure channel to `127.0.0.1:P`. Tasks, their
attempts and the names that are used up live in SQLite and survive SIGKILL; delivery is at least once.

With --control-port Q, `http://127.0.0.1:Q/control` counts the tasks and can duplicate, delay and lose them.

Left out, with UNIMPLEMENTED: App Engine tasks, changing and deleting queues, IAM policies, batches.
"""
