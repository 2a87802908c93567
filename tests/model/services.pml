/* The steps of the services, and the preconditions on which they rest. */

#ifdef WITHOUT_START_PRECONDITION
#define alert_as_seen(me) true
#else
#define alert_as_seen(me) (seen_alert & bit_of(me))
#endif
#ifdef WITHOUT_RESTART_PRECONDITION
#define late_as_seen(me) true
#else
#define late_as_seen(me) (seen_alert & bit_of(me))
#endif
#ifdef WITHOUT_BEGIN_PRECONDITION
#define plan_as_seen(me) true
#else
#define plan_as_seen(me) (seen_delivery[on[me]] & bit_of(me))
#endif
#ifdef WITHOUT_RESUME_PRECONDITION
#define wait_as_seen(me) true
#else
#define wait_as_seen(me) (seen_delivery[on[me]] & bit_of(me))
#endif
#ifdef WITHOUT_FINISH_PRECONDITION
#define end_as_seen(me) true
#else
#define end_as_seen(me) (seen_delivery[on[me]] & bit_of(me))
#endif
#ifdef WITHOUT_FENCE
#define log_as_seen(me) true
#else
#define log_as_seen(me) knows_log(me)
#endif
#ifdef WITHOUT_LEASE_CHECK
#define unleased(i) true
#else
#define unleased(i) (!held[doc(i)])
#endif
#ifdef WITHOUT_ATTEMPT_CHECK
#define runs(task) (task == QUEUED || task == WAITING)  /* WAITING: a task of the attempt before comes again */
#else
#define runs(task) (task == QUEUED)
#endif
#ifdef WITHOUT_RAISE
#define unasked(task) (task == NEVER || task == OLDER)  /* the queue refuses a name that it knows */
#else
#define unasked(task) (task != QUEUED && task != WAITING)
#endif
#ifdef WITHOUT_READ
#define alert_goes_on(me) (alert == ACTIVE || at[me] == NEXT)
#else
#define alert_goes_on(me) (alert == ACTIVE)
#endif
#ifdef WITHOUT_COUNT
#define complete(d) true
#else
#define complete(d) all(ended, d)
#endif
#ifdef WITHOUT_OWN_DELIVERY
#define doc(i) ((i) % SLICES)
#define plan(i) skip
#else
#define doc(i) (i)
#define plan(i) \
  cursor[i] = 0; held[i] = 0; seen_slice[i] = 0; slice_task[i] = NEVER; \
  if :: waves_of(i) -> slice[i] = OPEN :: else -> slice[i] = FULL fi
#endif
#ifdef WITHOUT_SWEEP
#define sweeps false
#elif defined(WITHOUT_SWEEP_OF_ENDED)
#define sweeps (alert == ACTIVE)
#else
#define sweeps true
#endif
#ifdef WITHOUT_SENDING_FIRST
#define FIRST RECORD  /* the wave is recorded, then sent */
#else
#define FIRST SEND
#endif
#ifdef PAUSES
#define LATER WAITING  /* at the moment that the channel asked for */
#else
#define LATER QUEUED
#endif

/* Back to nothing, so that what an agent once knew makes no new state. */
inline leave(me) {
  seen_alert = seen_alert & ~bit_of(me);
  for (k : 0 .. ROUNDS - 1) { seen_delivery[k] = seen_delivery[k] & ~bit_of(me) }
  for (k : 0 .. PARTS - 1) { seen_slice[k] = seen_slice[k] & ~bit_of(me) }
  at[me] = IDLE; on[me] = 0; wave[me] = 0; may[me] = 0; misled[me] = 0
}

/* --- start_alert: one commit makes the alert active and plans all its deliveries --- */

inline start(me) {
  alert = ACTIVE; seen_alert = 0;
  for (k : 0 .. ROUNDS - 1) { delivery[k] = PLANNED; seen_delivery[k] = 0 }
  at[me] = STARTED
}

#define START_ALERT(me) \
  DO(idle(me) && start_task == QUEUED && alert == SCHEDULED && heads_for(START, me, 0)) \
    at[me] = START; seen_alert = seen_alert | bit_of(me) OD \
  STEP(START, me, at[me] == START && alert_as_seen(me)) start(me) OD \
  DO(at[me] == START && !alert_as_seen(me)) leave(me) OD \
  DO(idle(me) && again && start_task == QUEUED && alert == ACTIVE && (never_begun(0) || never_begun(ROUNDS - 1))) \
    at[me] = STARTED OD \
  DO(at[me] == STARTED && never_begun(0)) begin_task[0] = QUEUED OD \
  DO(at[me] == STARTED && !never_begun(0)) \
    if :: never_begun(ROUNDS - 1) -> begin_task[ROUNDS - 1] = QUEUED :: else fi; \
    start_task = GONE; leave(me) OD

/* --- begin_delivery: one commit makes it sending and plans its slices --- */

inline begin(me) {
  promise(delivery[0] != NONE, ROUNDS_IN_ORDER);
  promise(!over(on[me]), ENDS_ONCE);
  delivery[on[me]] = SENDING; seen_delivery[on[me]] = 0;
  for (k : first_of(on[me]) .. last_of(on[me])) { plan(k) }
  at[me] = BEGUN
}

inline begin_none(me, how) {
  promise(!over(on[me]), ENDS_ONCE);
  delivery[on[me]] = how; begin_task[on[me]] = GONE; seen_delivery[on[me]] = 0;
  leave(me)
}

#define BEGIN_DELIVERY(me, d) \
  DO(idle(me) && begin_task[d] == QUEUED && delivery[d] == PLANNED && heads_for(BEGIN, me, d)) \
    on[me] = d; seen_delivery[d] = seen_delivery[d] | bit_of(me); \
    if :: alert == ACTIVE -> at[me] = BEGIN :: else -> at[me] = STOP fi OD \
  DO(idle(me) && again && begin_task[d] == QUEUED && delivery[d] == SENDING && \
     (never_asked_for(first_of(d)) || never_asked_for(last_of(d)))) on[me] = d; at[me] = BEGUN OD

#define BEGIN_DELIVERY_ON(me) \
  STEP(BEGIN, me, at[me] == BEGIN && plan_as_seen(me)) begin(me) OD \
  STEP(FAIL, me, at[me] == BEGIN && plan_as_seen(me)) begin_none(me, FAILED) OD \
  STEP(STOP, me, at[me] == STOP && plan_as_seen(me)) \
    promise(alert == CANCELLED, STOPPED_ONLY_IF_CANCELLED); begin_none(me, STOPPED) OD \
  DO((at[me] == BEGIN || at[me] == STOP) && !plan_as_seen(me)) leave(me) OD \
  DO(at[me] == BEGUN && never_asked_for(first_of(on[me]))) slice_task[doc(first_of(on[me]))] = QUEUED OD \
  DO(at[me] == BEGUN && never_asked_for(last_of(on[me]))) slice_task[doc(last_of(on[me]))] = QUEUED OD \
  DO(at[me] == BEGUN && !never_asked_for(first_of(on[me])) && !never_asked_for(last_of(on[me]))) \
    begin_task[on[me]] = GONE; leave(me) OD

/* --- deliver_slice: claim; then for each wave read the alert, renew, send, record; at last hand over or end --- */

inline renew(me) {
  held[doc(on[me])] = 1; seen_slice[doc(on[me])] = bit_of(me); misled[me] = 0
}

inline send(me) {
  promise(!knows_log(me) || slice_task[doc(on[me])] != WAITING, NOT_BEFORE_ITS_MOMENT);
  if :: alert != ACTIVE -> promise(may[me], SILENT_ONCE_CANCELLED); may[me] = 0 :: else fi;
  if
  :: sent[on[me]] & (1 << wave[me]) ->
       promise(excused[on[me]], NOBODY_TWICE); excused[on[me]] = excused[on[me]] - 1
  :: else -> sent[on[me]] = sent[on[me]] | (1 << wave[me])
  fi
}

inline end_slice(me, how) {
  slice[doc(on[me])] = how; held[doc(on[me])] = 0; seen_slice[doc(on[me])] = 0;
  at[me] = COUNT; on[me] = delivery_of(on[me]); wave[me] = 0; may[me] = 0; misled[me] = 0
}

inline record(me) {
  wave[me] = wave[me] + 1; cursor[doc(on[me])] = wave[me];
  renew(me);
  if :: wave[me] >= waves_of(on[me]) -> end_slice(me, FULL) :: else -> at[me] = NEXT fi
}

inline hand_over(me) {
  held[doc(on[me])] = 0; seen_slice[doc(on[me])] = bit_of(me); slice_task[doc(on[me])] = OLDER;
  at[me] = HANDED; wave[me] = 0; may[me] = 0; misled[me] = 0
}

#define DELIVER_SLICE(me, i) \
  DO(idle(me) && runs(slice_task[doc(i)]) && delivery[delivery_of(i)] == SENDING && !ended(i) && unleased(i) && \
     heads_for(CLAIM, me, i)) \
    on[me] = i; wave[me] = cursor[doc(i)]; seen_slice[doc(i)] = seen_slice[doc(i)] | bit_of(me); at[me] = CLAIM OD \
  DO(idle(me) && again && slice_task[doc(i)] == OLDER && !ended(i)) slice_task[doc(i)] = LATER OD \
  DO(idle(me) && again && slice_task[doc(i)] == QUEUED && delivery[delivery_of(i)] == SENDING && ended(i) && \
     complete(delivery_of(i))) on[me] = delivery_of(i); at[me] = COUNT OD

#define reads(me) ((at[me] == READ || at[me] == NEXT) && alert_goes_on(me))

/* A lease that ran out while the worker read is renewed, which is refused if another one took the slice over. */
#ifdef WITHOUT_RENEWAL
#define READ_AND_RENEW(me) \
  DO(reads(me) && (misled[me] || leased(me))) at[me] = FIRST OD \
  DO(reads(me) && !misled[me] && !leased(me)) at[me] = RECORD /* past its deadline a wave sends nothing */ OD
#else
#define READ_AND_RENEW(me) \
  DO(reads(me) && (misled[me] || leased(me))) at[me] = FIRST OD \
  DO(reads(me) && !misled[me]) at[me] = RENEW OD \
  STEP(RENEW, me, at[me] == RENEW && log_as_seen(me)) renew(me); at[me] = FIRST OD \
  DO(at[me] == RENEW && !log_as_seen(me)) leave(me) OD
#endif

#ifdef WITHOUT_SENDING_FIRST
#define SEND_AND_RECORD(me) \
  STEP(RECORD, me, at[me] == RECORD && log_as_seen(me)) \
    cursor[doc(on[me])] = wave[me] + 1; renew(me); at[me] = SEND; \
    if :: wave[me] + 1 == WAVES -> slice[doc(on[me])] = FULL :: else fi OD \
  STEP(SEND, me, at[me] == SEND) \
    send(me); wave[me] = wave[me] + 1; \
    if :: wave[me] == WAVES -> end_slice(me, FULL) :: else -> at[me] = NEXT fi OD
#else
#define SEND_AND_RECORD(me) \
  STEP(SEND, me, at[me] == SEND) send(me); at[me] = RECORD OD \
  STEP(RECORD, me, at[me] == RECORD && log_as_seen(me)) record(me) OD
#endif

#define DELIVER_SLICE_ON(me) \
  STEP(CLAIM, me, at[me] == CLAIM && log_as_seen(me)) renew(me); at[me] = READ OD \
  READ_AND_RENEW(me) \
  SEND_AND_RECORD(me) \
  DO((at[me] == READ || at[me] == NEXT) && !alert_goes_on(me)) at[me] = END OD \
  STEP(END, me, at[me] == END && log_as_seen(me)) \
    promise(alert == CANCELLED, STOPPED_ONLY_IF_CANCELLED); end_slice(me, CUT) OD \
  STEP(HAND_OVER, me, at[me] == NEXT && log_as_seen(me)) hand_over(me) OD \
  STEP(HAND_OVER, me, at[me] == READ && log_as_seen(me) && slow < SLOW) \
    slow++; hand_over(me) /* its clock is behind: what is to be tried again is not due */ OD \
  DO((at[me] == CLAIM || at[me] == RECORD || at[me] == NEXT || at[me] == END) && !log_as_seen(me)) leave(me) OD \
  DO(at[me] == HANDED) \
    if :: knows_log(me) && slice_task[doc(on[me])] == OLDER -> slice_task[doc(on[me])] = LATER :: else fi; leave(me) OD

/* --- finish_delivery: the slices that are done are counted --- */

inline finish(me) {
  promise(!over(on[me]), ENDS_ONCE);
  if
  :: all(full, on[me]) -> promise(all(whole, on[me]), NOBODY_MISSED); delivery[on[me]] = DONE
  :: else -> promise(alert == CANCELLED, NOBODY_MISSED); delivery[on[me]] = STOPPED
  fi;
  seen_delivery[on[me]] = 0;
  for (k : first_of(on[me]) .. last_of(on[me])) { slice_task[doc(k)] = GONE }
  leave(me)
}

#define may_finish(me) (complete(on[me]) && delivery[on[me]] == SENDING)
#define FINISH_DELIVERY(me) \
  DO(at[me] == COUNT && may_finish(me)) \
    seen_delivery[on[me]] = seen_delivery[on[me]] | bit_of(me); at[me] = FINISH OD \
  DO(at[me] == COUNT && !may_finish(me)) leave(me) OD \
  STEP(FINISH, me, at[me] == FINISH && end_as_seen(me)) finish(me) OD \
  DO(at[me] == FINISH && !end_as_seen(me)) leave(me) OD

/* --- sweep: the attempt is raised in the document, then a task of a new name is made --- */

#define in_time(task) (unasked(task) || slow < SLOW)
#define note(task) if :: unasked(task) :: else -> slow++ fi

inline restart(me) {
  alert = SCHEDULED; seen_alert = 0;
  if :: start_task == GONE -> start_task = NEVER :: else fi;
  at[me] = RESTARTED
}

inline resume(me) {
  promise(!over(on[me]), ENDS_ONCE);
  delivery[on[me]] = PLANNED; seen_delivery[on[me]] = 0;
  if :: begin_task[on[me]] == GONE -> begin_task[on[me]] = NEVER :: else fi;
  at[me] = RESUMED
}

inline resume_slice(me) {
  held[doc(on[me])] = 0; seen_slice[doc(on[me])] = bit_of(me);
  if
  :: slice_task[doc(on[me])] == QUEUED -> slice_task[doc(on[me])] = OLDER
  :: slice_task[doc(on[me])] == GONE -> slice_task[doc(on[me])] = NEVER
  :: else
  fi;
  at[me] = RESUMED_SLICE
}

#define RESTART_ALERTS(me) \
  DO(idle(me) && alert == SCHEDULED && in_time(start_task) && heads_for(RESTART, me, 0)) \
    note(start_task); seen_alert = seen_alert | bit_of(me); at[me] = RESTART OD

#define RESUME_DELIVERIES(me, d) \
  DO(idle(me) && sweeps && delivery[d] == PLANNED && in_time(begin_task[d]) && heads_for(RESUME, me, d)) \
    note(begin_task[d]); on[me] = d; seen_delivery[d] = seen_delivery[d] | bit_of(me); at[me] = RESUME OD \
  DO(idle(me) && sweeps && delivery[d] == SENDING && all(ended, d) && heads_for(FINISH, me, d)) \
    on[me] = d; at[me] = COUNT OD

#define RESUME_SLICES(me, i) \
  DO(idle(me) && sweeps && delivery[delivery_of(i)] == SENDING && !ended(i) && !held[doc(i)] && \
     slice_task[doc(i)] != WAITING && in_time(slice_task[doc(i)]) && heads_for(RESUME_SLICE, me, i)) \
    note(slice_task[doc(i)]); on[me] = i; seen_slice[doc(i)] = seen_slice[doc(i)] | bit_of(me); \
    at[me] = RESUME_SLICE OD

#define SWEEP_ON(me) \
  STEP(RESTART, me, at[me] == RESTART && late_as_seen(me)) restart(me) OD \
  DO(at[me] == RESTART && !late_as_seen(me)) leave(me) OD \
  DO(at[me] == RESTARTED) if :: alert == SCHEDULED -> start_task = QUEUED :: else fi; leave(me) OD \
  STEP(RESUME, me, at[me] == RESUME && wait_as_seen(me)) resume(me) OD \
  DO(at[me] == RESUME && !wait_as_seen(me)) leave(me) OD \
  DO(at[me] == RESUMED) if :: delivery[on[me]] == PLANNED -> begin_task[on[me]] = QUEUED :: else fi; leave(me) OD \
  STEP(RESUME_SLICE, me, at[me] == RESUME_SLICE && log_as_seen(me)) resume_slice(me) OD \
  DO(at[me] == RESUME_SLICE && !log_as_seen(me)) leave(me) OD \
  DO(at[me] == RESUMED_SLICE) \
    if \
    :: knows_log(me) && (slice_task[doc(on[me])] == NEVER || slice_task[doc(on[me])] == OLDER) -> \
         slice_task[doc(on[me])] = QUEUED \
    :: else \
    fi; \
    leave(me) OD
