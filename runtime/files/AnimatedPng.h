//===- AnimatedPng.h - snapshots as a moving picture ------------*- C++ -*-===//

#ifndef PDE_RUNTIME_ANIMATEDPNG_H
#define PDE_RUNTIME_ANIMATEDPNG_H

#include "runtime/files/AtomicFile.h"
#include "runtime/files/RecordFile.h"

#include <string>
#include <string_view>

namespace pdert {

/// An animated .png image (the third edition of PNG): each snapshot is a frame,
/// with grey levels as in a still one, which viewers without animation show the
/// first of. Each frame is a twentieth of a second.
class AnimatedPng : public RecordFile {
public:
  AnimatedPng(AtomicFile &file, int depth);
  void add(int64_t step, const Field &entry) override;
  void finish() override;

private:
  void writeChunk(const char *type, std::string_view content);
  void writeControl(const Field &entry);

  AtomicFile &file;
  int depth;
  std::string begin; ///< of the file: its signature and its header
  uint32_t frames = 0, sequence = 0;
};

} // namespace pdert

#endif // PDE_RUNTIME_ANIMATEDPNG_H
