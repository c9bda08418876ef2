//===- PngPicture.h - plots as .png images ----------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_PNGPICTURE_H
#define PDE_RUNTIME_PNGPICTURE_H

#include "runtime/plots/Panel.h"

namespace pdert {

/// The bytes of an image of a picture, with two pixels for each of its own.
std::string pngPicture(const Panel &picture);

} // namespace pdert

#endif // PDE_RUNTIME_PNGPICTURE_H
