//===- Signals.h - what signals leave behind --------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_SIGNALS_H
#define PDE_RUNTIME_SIGNALS_H

#include <string>

namespace pdert {

/// While it lives, signals remove a file or an empty folder, whether it exists
/// or not.
class RemovedBySignals {
public:
  explicit RemovedBySignals(std::string path);
  ~RemovedBySignals();
  RemovedBySignals(const RemovedBySignals &) = delete;
  RemovedBySignals &operator=(const RemovedBySignals &) = delete;

private:
  struct Entry;
  friend void removeListedFiles();
  std::string path;
  Entry *entry;
};

/// Removes the files that signals remove: for other ends of a process.
void removeListedFiles();

/// Lets the signals that end a process remove the temporary files before, and
/// turns SIGPIPE and SIGXFSZ into errors of write. Signals that somebody
/// handles already are left to him. Lasts until it goes out of scope, which
/// restores what was before.
class SignalCleanup {
public:
  SignalCleanup();
  ~SignalCleanup();
  SignalCleanup(const SignalCleanup &) = delete;
  SignalCleanup &operator=(const SignalCleanup &) = delete;

  static constexpr int numSignals = 13;

private:
  void (*previous[numSignals])(int);
};

/// While it lives, signals that would end the process wait: what must happen
/// whole or not at all happens. Inside of another it does nothing.
class HeldSignals {
public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals &) = delete;
  HeldSignals &operator=(const HeldSignals &) = delete;

private:
  bool isOutermost;
};

} // namespace pdert

#endif // PDE_RUNTIME_SIGNALS_H
