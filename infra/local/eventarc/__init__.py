"""Stands in for Eventarc between the Firestore emulator and the functions: at least once, in any order.

`python -m infra.local.eventarc --port P --project ID --firestore HOST:PORT --db FILE --identity URL
--function NAME=URL ...` registers the Firestore triggers of infra/functions.yaml at the emulator, which must
have been started with `--functions_emulator 127.0.0.1:P`. Each event is stored before the emulator has its
answer, and delivered until the function answers 2xx, for up to a day. What the emulator reports while the
stand-in is down is lost: the emulator tries once.

Control, for tests: `GET /control` answers the settings and, per function, the numbers of events;
`POST /control` changes some settings (see `chaos.Chaos`).
"""
