//===- Signals.cpp - what signals leave behind ----------------------------===//

#include "runtime/system/Signals.h"

#include <atomic>
#include <csignal>
#include <unistd.h>

using namespace pdert;

//===----------------------------------------------------------------------===//
// Files that signals remove
//===----------------------------------------------------------------------===//

/// An entry of the list lives for ever and is used again: a handler may read
/// nothing that needs a lock.
struct RemovedBySignals::Entry {
  std::atomic<const char *> path;
  Entry *next;
};

static std::atomic<void *> listedFiles;

RemovedBySignals::RemovedBySignals(std::string path) : path(std::move(path)) {
  auto *first = static_cast<Entry *>(listedFiles.load());
  for (entry = first; entry; entry = entry->next) {
    const char *none = nullptr;
    if (entry->path.compare_exchange_strong(none, this->path.c_str()))
      return;
  }
  entry = new Entry{this->path.c_str(), first};
  void *before = first;
  while (!listedFiles.compare_exchange_weak(before, entry))
    entry->next = static_cast<Entry *>(before);
}

RemovedBySignals::~RemovedBySignals() { entry->path = nullptr; }

namespace pdert {
void removeListedFiles() {
  auto *first = static_cast<RemovedBySignals::Entry *>(listedFiles.load());
  RemovedBySignals::Entry *entry;
  for (entry = first; entry; entry = entry->next)
    if (const char *path = entry->path.load())
      unlink(path);
  // Folders are empty only now; of files nothing is left.
  for (entry = first; entry; entry = entry->next)
    if (const char *path = entry->path.load())
      rmdir(path);
}
} // namespace pdert

//===----------------------------------------------------------------------===//
// Signals
//===----------------------------------------------------------------------===//

/// What signals find: nothing in their way, a HeldSignals, or another signal
/// that ends the process already.
enum State { Free, Held, Ending };
static std::atomic<int> state(Free), waitingSignal(0);

extern "C" {
static void removeAndEnd(int signal) {
  int found = Free;
  if (!state.compare_exchange_strong(found, Ending)) {
    if (found == Held)
      waitingSignal = signal;
    return;
  }
  removeListedFiles();
  // The default action, so that the parent sees what ended the process.
  std::signal(signal, SIG_DFL);
  raise(signal);
}
}

/// The signals that are handled while a SignalCleanup lives; all but the last
/// two end the process.
static const int handledSignals[SignalCleanup::numSignals] = {
    SIGINT,  SIGTERM, SIGHUP,    SIGQUIT, SIGXCPU, SIGALRM, SIGUSR1,
    SIGUSR2, SIGABRT, SIGVTALRM, SIGPROF, SIGPIPE, SIGXFSZ};
static constexpr int numEnding = SignalCleanup::numSignals - 2;

SignalCleanup::SignalCleanup() {
  for (int i = 0; i < numSignals; ++i) {
    int signal = handledSignals[i];
    previous[i] = std::signal(signal, i < numEnding ? removeAndEnd : SIG_IGN);
    // What nohup or a shell lets a process ignore stays ignored.
    if (previous[i] != SIG_DFL)
      std::signal(signal, previous[i]);
  }
}

SignalCleanup::~SignalCleanup() {
  for (int i = 0; i < numSignals; ++i)
    if (previous[i] != SIG_ERR)
      std::signal(handledSignals[i], previous[i]);
}

HeldSignals::HeldSignals() {
  int found = Free;
  isOutermost = state.compare_exchange_strong(found, Held);
  if (found == Ending) // another thread ends the process
    for (;;)
      pause();
}

HeldSignals::~HeldSignals() {
  if (!isOutermost)
    return;
  state = Free;
  if (int signal = waitingSignal.exchange(0))
    raise(signal);
}
