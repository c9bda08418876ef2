//===- PngInput.h - reading .png images -------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_PNGINPUT_H
#define PDE_RUNTIME_PNGINPUT_H

#include "runtime/files/File.h"
#include "runtime/files/InputFile.h"

namespace pdert {

/// Opens a .png file of any kind for a field on `grid`, which is 2-D. A level v
/// becomes v / 255 or v / 65535; colours become the luminance
/// 0.2126 R + 0.7152 G + 0.0722 B; transparency and gamma are ignored.
std::unique_ptr<InputFile> openPng(File file, const pde_grid &grid);

} // namespace pdert

#endif // PDE_RUNTIME_PNGINPUT_H
