"""Stands between the functions and Firestore's emulator, and lets calls fail as they do in the cloud.

`python -m infra.local.firestore_faults --port P --control-port Q --firestore HOST:PORT` passes every gRPC
call on as it is. `http://127.0.0.1:Q/control` counts them and tells which are to fail:

    {"rates": {"Commit": {"unavailable": 0.1, "answer_lost": 0.05}, "RunQuery": {"broken": 0.1}}, "seed": 7}

The emulator itself never fails, so without this nobody would know what a lost answer to a commit does.
"""
