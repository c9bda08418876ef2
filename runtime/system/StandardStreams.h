//===- StandardStreams.h - standard input and output as files ---*- C++ -*-===//

#ifndef PDE_RUNTIME_STANDARDSTREAMS_H
#define PDE_RUNTIME_STANDARDSTREAMS_H

#include <string>

namespace pdert {

/// Whether a path stands for standard input or output: "-", or with the
/// extension of a format "-.csv".
bool isStandardStream(const std::string &path);

/// A path in messages: quoted, or "standard input" or whatever `stream` is.
std::string placeText(const std::string &path, const char *stream);

/// Says who reads standard input ("input 'f'"). Throws a Failure when somebody
/// else does: nobody can read it twice.
void claimStandardInput(const std::string &reader);

/// Standard input as a descriptor that can be read at any place: itself, or a
/// temporary file with all that comes from it. Throws a Failure.
int openStandardInput();

/// A descriptor for standard output. Throws a Failure.
int openStandardOutput();

/// Makes the use of standard streams that are closed fail, and keeps files from
/// getting their numbers.
void occupyClosedStreams();

} // namespace pdert

#endif // PDE_RUNTIME_STANDARDSTREAMS_H
