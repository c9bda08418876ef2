//===- Freezing.cpp - parts of a function that are held -------------------===//

#include "compiler/check/Freezing.h"

using namespace pdec;

Value Freezing::freeze(const Value &value) const {
  if (!held)
    return value;
  if (held->noted) {
    held->noted->push_back(value);
    return value;
  }
  bool isKnown = held->next < held->given->size();
  return isKnown ? (*held->given)[held->next++] : value;
}
