/* The limits of a run, what there is, and what is promised about it. */

#ifndef WORKERS
#define WORKERS 2  /* 1 to 2; 6 agents to replay */
#endif
#ifndef SLICES
#define SLICES 2  /* of each delivery: 1 to 2; 3 to replay */
#endif
#ifndef WAVES
#define WAVES 3  /* of each slice */
#endif
#ifndef ROUNDS
#define ROUNDS 1  /* deliveries: push.1, and push.2 with sound; 4 to replay */
#endif
#ifndef CRASHES
#define CRASHES 2  /* of a worker or the sweep; a task that the queue loses counts as one */
#endif
#ifndef SLOW
#define SLOW 1  /* a worker stopped for longer than its lease, a clock ahead, a sweep that meets a waiting task */
#endif
#ifndef CANCELS
#define CANCELS 1
#endif

#ifdef REPLAY
#define AGENTS WORKERS  /* each may be a worker or the sweep */
#define WAVE_SET int
#define SEEN int
#else
#define AGENTS (WORKERS + 1)  /* the last one sweeps */
#define WAVE_SET byte
#define SEEN byte
#endif
#define PARTS (ROUNDS * SLICES)

mtype:alert = {SCHEDULED, ACTIVE, CANCELLED};
mtype:delivery = {NONE, PLANNED, SENDING, DONE, STOPPED, FAILED};
mtype:slice = {OPEN, FULL, CUT};  /* not done; done to its last place; done because the alert ended */
mtype:task = {NEVER, OLDER, WAITING, QUEUED, GONE};  /* of the present attempt; OLDER: only of one before */
mtype:at = {
  IDLE, START, STARTED, BEGIN, STOP, BEGUN, COUNT, FINISH, RESTART, RESTARTED, RESUME, RESUMED,
  CLAIM, READ, RENEW, SEND, RECORD, NEXT, END, HANDED, RESUME_SLICE, RESUMED_SLICE  /* on a slice, from CLAIM on */
};
mtype:promise = {
  NOBODY_MISSED, NOBODY_TWICE, SILENT_ONCE_CANCELLED, NEVER_STUCK, ENDS_ONCE, NOT_BEFORE_ITS_MOMENT,
  STOPPED_ONLY_IF_CANCELLED, ROUNDS_IN_ORDER
};
#ifdef REPLAY
#define promise(kept, name) if :: (kept) :: else -> c_code { note_broken(now.position); } fi
#else
#define promise(kept, name) assert((kept) || name == 0)
#endif

/* For C: Spin numbers the words of a type from the last one, which is 1. */
#define LAST_DONE 2  /* FULL, CUT */
#define ONLY_CUT 1
#define LAST_ON_SLICE 10  /* CLAIM */

/* The documents, and the queue. */
mtype:alert alert = SCHEDULED;
mtype:task start_task = QUEUED;
SEEN seen_alert;
mtype:delivery delivery[ROUNDS] = NONE;
mtype:task begin_task[ROUNDS] = NEVER;
SEEN seen_delivery[ROUNDS];
mtype:slice slice[PARTS] = OPEN;
mtype:task slice_task[PARTS] = NEVER;
byte cursor[PARTS];
byte held[PARTS];  /* whether somebody's lease has not run out */
SEEN seen_slice[PARTS];

/* The agents: workers and one sweep. */
mtype:at at[AGENTS] = IDLE;
byte on[AGENTS];  /* a delivery, or a slice counted through all deliveries */
byte wave[AGENTS];
byte may[AGENTS];  /* whether it was at work when the alert was cancelled: one more wave */
byte misled[AGENTS];  /* whether a clock that is ahead ended its lease, while by its own it goes on */

/* What happened, for the promises and the limits. */
WAVE_SET sent[PARTS];  /* a bit for each wave */
byte excused[PARTS];  /* crashes and stops in the middle of a wave that nobody repeated yet */
byte crashes, slow;

hidden byte k;

#define bit_of(me) (1 << (me))
#define first_of(d) ((d) * SLICES)
#define last_of(d) ((d) * SLICES + SLICES - 1)
#define delivery_of(i) ((i) / SLICES)
#define ended(i) (slice[doc(i)] != OPEN)
#define full(i) (slice[doc(i)] == FULL)
#define whole(i) (sent[i] == (1 << waves_of(i)) - 1)
#if SLICES > 2
#define all(is, d) (is(first_of(d)) && is(first_of(d) + 1) && is(last_of(d)))
#else
#define all(is, d) (is(first_of(d)) && is(last_of(d)))
#endif
#define over(d) (delivery[d] == DONE || delivery[d] == STOPPED || delivery[d] == FAILED)
#define idle(me) (at[me] == IDLE)
#define works(me) (at[me] == READ || at[me] == RENEW || at[me] == SEND || at[me] == RECORD || at[me] == NEXT || \
  at[me] == END)
#define knows_log(me) (seen_slice[doc(on[me])] & bit_of(me))
#define leased(me) (works(me) && knows_log(me) && held[doc(on[me])])
#define never_begun(d) (delivery[d] == PLANNED && begin_task[d] == NEVER)
#define never_asked_for(i) (!ended(i) && slice_task[doc(i)] == NEVER)

/* A step: DO for what only the agent itself notices, STEP for what a trace names. */
#ifndef REPLAY
#define DO(guard) :: d_step { (guard) ->
#define STEP(name, me, guard) DO(guard)
#define heads_for(name, me, i) true
#define again true  /* a task is repeated; of a trace, only what then came of it is known */
#define waves_of(i) WAVES
#endif
#define OD ; tidy() }
#ifdef SYMMETRY
#define tidy() c_code { stand_for_alike(); }
#elif defined(REPLAY)
#define tidy() c_code { note_position(); }
#else
#define tidy() skip
#endif

#if SLICES > 2
#define EACH_SLICE_OF(step, me, d) \
  step(me, first_of(d)) step(me, first_of(d) + 1) step(me, last_of(d))
#elif SLICES > 1
#define EACH_SLICE_OF(step, me, d) step(me, first_of(d)) step(me, last_of(d))
#else
#define EACH_SLICE_OF(step, me, d) step(me, first_of(d))
#endif
#if ROUNDS > 2
#define EACH_DELIVERY(step, me) step(me, 0) step(me, 1) step(me, 2) step(me, 3)
#define EACH_SLICE(step, me) \
  EACH_SLICE_OF(step, me, 0) EACH_SLICE_OF(step, me, 1) EACH_SLICE_OF(step, me, 2) EACH_SLICE_OF(step, me, 3)
#elif ROUNDS > 1
#define EACH_DELIVERY(step, me) step(me, 0) step(me, 1)
#define EACH_SLICE(step, me) EACH_SLICE_OF(step, me, 0) EACH_SLICE_OF(step, me, 1)
#else
#define EACH_DELIVERY(step, me) step(me, 0)
#define EACH_SLICE(step, me) EACH_SLICE_OF(step, me, 0)
#endif
