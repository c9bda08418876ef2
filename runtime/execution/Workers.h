//===- Workers.h - the threads of a run -------------------------*- C++ -*-===//
//
// The calling thread works, and helpers that are there help it. It never waits
// for one that has not begun: on a machine whose other processors are taken, a
// loop takes as long as with one thread. Helpers wait awake for a moment only,
// and are called where Sharing finds that worth their trouble.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_WORKERS_H
#define PDE_RUNTIME_WORKERS_H

#include "runtime/execution/Memory.h"
#include "runtime/execution/Sharing.h"
#include "runtime/pde_runtime.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace pdert {

/// Turns that any worker may take, in any order.
struct ParallelLoop {
  int64_t count;
  pde_body body;
  void *closure;
};

class Workers {
public:
  Workers() = default;
  Workers(const Workers &) = delete;
  Workers &operator=(const Workers &) = delete;
  ~Workers();

  /// Does all turns, with at most so many threads. `scratch` has room for each.
  /// The calling thread calls afterTurn() after each of its own; if that
  /// throws, no turn begins any more. Throws a Failure if the system gives no
  /// more threads.
  void run(const ParallelLoop &loop, int threads, const Scratch &scratch,
           const std::function<void()> &afterTurn);

private:
  /// What a worker takes first; others help it when theirs is done.
  struct alignas(64) Share {
    std::atomic<int64_t> next;
    int64_t end;
  };

  std::vector<std::thread> helpers;
  Sharing sharing;
  std::unique_ptr<Share[]> shares;
  int room = 0;      ///< for shares
  int numShares = 0; ///< of this loop
  ParallelLoop loop{};
  const Scratch *scratch = nullptr;
  /// Odd while helpers may enter the loop.
  alignas(64) std::atomic<uint64_t> phase{0};
  alignas(64) std::atomic<int> inside{0};
  std::atomic<int> asleep{0};
  std::atomic<bool> isOver{false};
  std::mutex mutex;
  std::condition_variable wake;

  int64_t runAlone(Sharing::Known &past, double start,
                   const std::function<void()> &afterTurn);
  int64_t runShared(int64_t begin, int workers,
                    const std::function<void()> &afterTurn);
  void divide(int64_t begin, int workers);
  void addHelpers(int count);
  void open();
  void close();
  void dropRest();
  /// Takes turns until none is left, and calls afterTurn() after each.
  template <typename AfterTurn> void work(int self, AfterTurn afterTurn);
  void help(int self);
  uint64_t awaitPhaseAfter(uint64_t seen);
};

} // namespace pdert

#endif // PDE_RUNTIME_WORKERS_H
