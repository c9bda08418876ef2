//===- Workers.cpp - the threads of a run ---------------------------------===//

#include "runtime/execution/Workers.h"
#include "runtime/execution/Context.h"

#include <csignal>
#include <sched.h>
#include <system_error>

using namespace pdert;

/// How long a helper without work looks for more before it sleeps. Loops of a
/// step follow each other within microseconds; looking longer takes time from
/// others.
static constexpr double secondsAwake = 5e-5;

/// Waits a moment: on the processor at first, then for whoever else wants it.
static void pauseAt(int turn) {
  if (turn < 64)
    __builtin_ia32_pause();
  else
    sched_yield();
}

Workers::~Workers() {
  {
    std::lock_guard<std::mutex> lock(mutex);
    isOver = true;
  }
  wake.notify_all();
  for (std::thread &helper : helpers)
    helper.join();
}

void Workers::addHelpers(int count) {
  // Signals are for the program's own threads.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool isRefused = false;
  try {
    while (static_cast<int>(helpers.size()) < count && !isRefused)
      helpers.emplace_back(
          [this, self = helpers.size() + 1] { help(static_cast<int>(self)); });
  } catch (const std::system_error &) {
    isRefused = true;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (isRefused)
    fail("the system gives this run %zu of the %d threads that it wants; ask "
         "for fewer",
         helpers.size() + 1, count + 1);
}

/// The turns from `begin` on: neighbouring ones to one worker, the same ones in
/// every loop of as many, as what they need may still be in its cache.
void Workers::divide(int64_t begin, int workers) {
  if (workers > room) {
    shares.reset(new Share[workers]);
    room = workers;
  }
  numShares = workers;
  int64_t size = (loop.count - begin) / numShares;
  int64_t rest = (loop.count - begin) % numShares;
  for (int64_t self = 0; self < numShares; ++self) {
    shares[self].next.store(begin, std::memory_order_relaxed);
    begin += size + (self < rest);
    shares[self].end = begin;
  }
}

template <typename AfterTurn>
void Workers::work(int self, AfterTurn afterTurn) {
  for (int other = 0; other < numShares; ++other) {
    Share &share = shares[(self + other) % numShares];
    while (share.next.load(std::memory_order_relaxed) < share.end) {
      int64_t turn = share.next.fetch_add(1);
      if (turn >= share.end)
        break;
      loop.body(loop.closure, turn, turn + 1, scratch->of(self));
      afterTurn();
    }
  }
}

void Workers::open() {
  phase.fetch_add(1);
  if (asleep.load() == 0)
    return;
  // One that goes to sleep holds the mutex until it has looked at the phase.
  { std::lock_guard<std::mutex> lock(mutex); }
  wake.notify_all();
}

/// No helper enters from here on; those that are inside end their turns.
void Workers::close() {
  phase.fetch_add(1);
  for (int turn = 0; inside.load() != 0; ++turn)
    pauseAt(turn);
}

/// No turn begins from here on.
void Workers::dropRest() {
  for (int self = 0; self < numShares; ++self)
    shares[self].next.store(shares[self].end);
}

/// The clock is looked at after so many turns, since they may be short.
static constexpr int64_t turnsPerLook = 8;

/// Does turns alone while that seems best, and returns how many.
int64_t Workers::runAlone(Sharing::Known &past, double start,
                          const std::function<void()> &afterTurn) {
  int64_t done = 0;
  while (done < loop.count) {
    loop.body(loop.closure, done, done + 1, scratch->of(0));
    afterTurn();
    ++done;
    bool isTime = past.alone == 0 || done % turnsPerLook == 0;
    if (isTime && done < loop.count &&
        Sharing::isWorthAfter(past, done, now() - start))
      return done;
  }
  sharing.noteAlone(past, now() - start);
  return done;
}

/// Does the turns from `begin` on with all workers, and returns how many of
/// them were the caller's.
int64_t Workers::runShared(int64_t begin, int workers,
                           const std::function<void()> &afterTurn) {
  addHelpers(workers - 1);
  divide(begin, workers);
  open();
  int64_t done = 0;
  try {
    work(0, [&] {
      ++done;
      afterTurn();
    });
  } catch (...) {
    dropRest();
    close();
    throw;
  }
  close();
  return done;
}

void Workers::run(const ParallelLoop &next, int threads,
                  const Scratch &itsScratch,
                  const std::function<void()> &afterTurn) {
  loop = next;
  scratch = &itsScratch;
  Sharing::Known &past = sharing.recall(loop.body, loop.count);
  bool isShared = sharing.isWorthFromStart(past);
  double start = now();
  int64_t begin = isShared ? 0 : runAlone(past, start, afterTurn);
  if (begin == loop.count)
    return;
  int64_t own = runShared(begin, threads, afterTurn);
  if (isShared)
    sharing.noteShared(past, now() - start, own);
}

void Workers::help(int self) {
  for (uint64_t seen = 0; (seen = awaitPhaseAfter(seen)) != 0;) {
    inside.fetch_add(1);
    // Else the loop was closed before, and its data are others' now.
    if (phase.load() == seen && self < numShares)
      work(self, [] {});
    inside.fetch_sub(1);
  }
}

/// The phase of an open loop other than that one; 0 at the end.
uint64_t Workers::awaitPhaseAfter(uint64_t seen) {
  uint64_t found = 0;
  auto isCalled = [&] {
    found = phase.load();
    return found % 2 == 1 && found != seen;
  };
  double start = now();
  for (int turn = 0; turn % 16 != 15 || now() - start < secondsAwake; ++turn) {
    if (isCalled())
      return found;
    pauseAt(turn);
  }
  std::unique_lock<std::mutex> lock(mutex);
  ++asleep;
  wake.wait(lock, [&] { return isOver.load() || isCalled(); });
  --asleep;
  return isOver ? 0 : found;
}
