"""Stands in for Cloud Scheduler: it calls the functions of infra/functions.yaml that have a schedule.

`python -m infra.local.cloud_scheduler --port P --project ID --identity URL --function NAME=URL ...` posts to
each of them when its schedule says so, with an OIDC token of the function's invoker, and again after a
failure as the declaration's `retry` says (Cloud Scheduler docs, "Retry jobs"). A run that lasts is not joined
by another. --every SECONDS replaces all schedules.

`http://127.0.0.1:P/` counts the runs of each job; `POST /jobs/NAME:run` runs one now and answers what the
function did; `POST /jobs/NAME:pause` and `:resume` as the API's methods.

Left out: time zones and schedules other than every so many minutes, jobs for Pub/Sub and App Engine.
"""
