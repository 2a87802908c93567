/* What goes wrong, and what people and clocks do. */

/* That the lease of a dead worker first has to run out is a matter of time alone. */
#define CRASH(me) STEP(CRASH, me, !idle(me) && crashes < CRASHES) crashes++; crash(me) OD

inline crash(me) {
  if
  :: leased(me) ->
       if :: at[me] == RECORD -> excused[on[me]] = excused[on[me]] + 1 :: else fi;
       held[doc(on[me])] = 0
  :: else
  fi;
  leave(me)
}

/* A lease ends under a worker that was stopped or read for too long; or by a clock that is ahead, unnoticed. */
#define EXPIRE(me) \
  DO(leased(me) && slow < SLOW && is_wanted(on[me])) \
    slow++; held[doc(on[me])] = 0; \
    if :: at[me] == SEND || at[me] == RECORD -> excused[on[me]] = excused[on[me]] + 1 :: else fi OD \
  DO((at[me] == READ || at[me] == NEXT) && leased(me) && slow < SLOW && is_wanted(on[me])) \
    slow++; held[doc(on[me])] = 0; misled[me] = 1; excused[on[me]] = excused[on[me]] + 1 OD \
  LONG_WAVE(me)
#ifdef WITHOUT_DEADLINE
#define LONG_WAVE(me) \
  DO((at[me] == SEND || at[me] == RECORD) && leased(me)) held[doc(on[me])] = 0 OD
#else
#define LONG_WAVE(me)
#endif
#ifndef REPLAY
#define is_wanted(i) true
#endif

#define LOSE_START \
  DO(start_task == QUEUED && crashes < CRASHES) crashes++; start_task = GONE OD
#define LOSE_BEGIN(ignored, d) \
  DO(begin_task[d] == QUEUED && crashes < CRASHES) crashes++; begin_task[d] = GONE OD
#define LOSE(ignored, i) \
  DO(slice_task[doc(i)] == QUEUED && crashes < CRASHES) crashes++; slice_task[doc(i)] = GONE OD

#define COME_DUE(ignored, i) \
  DO(slice_task[doc(i)] == WAITING) slice_task[doc(i)] = QUEUED OD

/* Also an alert that is edited or runs out: it ends, whatever the word. */
#define CANCEL \
  STEP(CANCEL, NOBODY, CANCELS && (alert == SCHEDULED || alert == ACTIVE)) \
    alert = CANCELLED; seen_alert = 0; \
    for (k : 0 .. AGENTS - 1) { if :: works(k) || at[k] == CLAIM -> may[k] = 1 :: else fi } OD
