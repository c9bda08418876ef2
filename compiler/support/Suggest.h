//===- Suggest.h - did you mean? --------------------------------*- C++ -*-===//

#ifndef PDEC_SUPPORT_SUGGEST_H
#define PDEC_SUPPORT_SUGGEST_H

#include <string>
#include <string_view>
#include <vector>

namespace pdec {

/// The candidate that a misspelt word most probably means; empty if none is
/// near. The first of several equally near ones wins.
std::string nearestName(std::string_view word,
                        const std::vector<std::string> &candidates);

} // namespace pdec

#endif // PDEC_SUPPORT_SUGGEST_H
