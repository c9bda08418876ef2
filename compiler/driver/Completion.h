//===- Completion.h - completions of shells ---------------------*- C++ -*-===//

#ifndef PDEC_DRIVER_COMPLETION_H
#define PDEC_DRIVER_COMPLETION_H

#include <string>

namespace pdec::driver {

/// A script by which bash, zsh or fish completes command lines of pdec.
std::string completion(const std::string &shell);

} // namespace pdec::driver

#endif // PDEC_DRIVER_COMPLETION_H
