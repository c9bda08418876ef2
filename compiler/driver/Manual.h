//===- Manual.h - the page of `man pdec` ------------------------*- C++ -*-===//

#ifndef PDEC_DRIVER_MANUAL_H
#define PDEC_DRIVER_MANUAL_H

#include <string>

namespace pdec::driver {

/// The manual as man's macros, for this version of pdec.
std::string manual(const std::string &version);

} // namespace pdec::driver

#endif // PDEC_DRIVER_MANUAL_H
