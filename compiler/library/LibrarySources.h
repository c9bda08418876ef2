//===- LibrarySources.h - the texts that the build embeds -------*- C++ -*-===//

#ifndef PDEC_LIBRARY_LIBRARYSOURCES_H
#define PDEC_LIBRARY_LIBRARYSOURCES_H

#include <vector>

namespace pdec {

struct LibrarySource {
  const char *name, *text;
};

/// Defined in a file that EmbedLibrary.cmake writes.
const std::vector<LibrarySource> &librarySources();

} // namespace pdec

#endif // PDEC_LIBRARY_LIBRARYSOURCES_H
