"""Shows that house.py notices what it is there for.

    alterations.py ROOT

Each alteration is made in a copy of the house, one after the other.
"""

import os
import shutil
import sys
import tempfile

from house import HOUSE, TABLE, House

# A file, what in it is replaced (empty: the file is made) by what, and a part
# of what must be told then.
ALTERATIONS = [
    # Rooms that are not linked, or not listed above.
    ("compiler/kernel/Buffers.h", "#include",
     '#include "compiler/net/Passes.h"\n#include',
     "compiler/kernel/Buffers.h: includes compiler/net/Passes.h, but"),
    ("compiler/pde/Interface.cpp", "#include",
     '#include "compiler/program/Program.h"\n#include',
     "compiler/pde/Interface.cpp: includes compiler/program/Program.h, but"),
    ("compiler/net/NetDialect.td", "include",
     'include "compiler/kernel/Passes.td"\ninclude',
     "compiler/net/NetDialect.td: includes compiler/kernel/Passes.td, but"),
    ("runtime/files/Csv.cpp", "#include",
     '#include "runtime/plots/Plot.h"\n#include',
     "runtime/files/Csv.cpp: includes runtime/plots/Plot.h, but"),
    ("runtime/files/Csv.cpp", "#include", '#include "Plot.h"\n#include',
     "runtime/files/Csv.cpp: includes Plot.h; name its room"),
    ("compiler/pde/CMakeLists.txt", "PUBLIC ", "PUBLIC pdec_check ",
     "links compiler/check, which is not above compiler/pde"),
    ("compiler/kernel/CMakeLists.txt", "PUBLIC ", "PUBLIC pdec_net ",
     "links compiler/net, which is not above compiler/kernel"),
    ("runtime/system/CMakeLists.txt", "PUBLIC ", "PUBLIC pde_runtime_files ",
     "links runtime/files, which is not above runtime/system"),
    ("compiler/abi/CMakeLists.txt", "add_library",
     'file(READ ${CMAKE_SOURCE_DIR}/compiler/net/Passes.td text)\nadd_library',
     "reads compiler/net/Passes.td, which is not above compiler/abi"),
    # Links for nothing.
    ("compiler/symbolic/CMakeLists.txt", "PUBLIC ", "PUBLIC pdec_abi ",
     "links pdec_abi, but no file of compiler/symbolic includes"),
    ("compiler/symbolic/CMakeLists.txt", "PUBLIC ", "PUBLIC pdec_mathematics ",
     "links pdec_mathematics, which no room makes"),
    # The front end in a room that does without.
    ("compiler/stages/CMakeLists.txt", "  pde_runtime)",
     "  pde_runtime pdec_ast)", "without the front end build"),
    # List and folders.
    ("compiler/spare/CMakeLists.txt", "", "",
     "does not list compiler/spare"),
    ("compiler/spare/Bounds.h", "", "",
     "compiler/spare: no CMakeLists.txt"),
    (TABLE, "| `compiler/abi/` |", "| `compiler/bounds/` |",
     "lists compiler/bounds, which is no folder"),
    (TABLE, "| `compiler/shell/` | `abi`, `pde` |",
     "| `compiler/shell/` | `pde` |", "compiler/shell stands on"),
    ("compiler/kernel/Fuse.cpp", "", "",
     "compiler/kernel/Fuse.cpp: no library of its room compiles it"),
    # Sizes.
    ("compiler/abi/Large.h", "", "\n" * 20000,
     "compiler/abi: has"),
]


def alter(path, old, new):
    """Puts what is to be there instead; returns the text from before."""
    if not old:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(new)
        return None
    with open(path, encoding="utf-8") as file:
        before = file.read()
    if old not in before:
        sys.exit(f"{path}: there is no '{old}' to alter")
    with open(path, "w", encoding="utf-8") as file:
        file.write(before.replace(old, new, 1))
    return before


def undo(path, before):
    if before is not None:
        with open(path, "w", encoding="utf-8") as file:
            file.write(before)
        return
    os.remove(path)
    if not os.listdir(os.path.dirname(path)):
        os.rmdir(os.path.dirname(path))


def main(root):
    unnoticed = 0
    with tempfile.TemporaryDirectory() as copy:
        for top in HOUSE:
            shutil.copytree(os.path.join(root, top), os.path.join(copy, top))
        os.makedirs(os.path.join(copy, os.path.dirname(TABLE)))
        shutil.copy(os.path.join(root, TABLE), os.path.join(copy, TABLE))
        for path, old, new, told in ALTERATIONS:
            before = alter(os.path.join(copy, path), old, new)
            problems = House(copy).check()
            undo(os.path.join(copy, path), before)
            if not any(told in problem for problem in problems):
                unnoticed += 1
                print(f"{path}: not told: {told}\n  but: {problems}")
        left = House(copy).check()
    if left:
        print("\n".join(left))
    noticed = len(ALTERATIONS) - unnoticed
    print(f"{noticed} alterations noticed, {unnoticed} not")
    return bool(unnoticed or left)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
