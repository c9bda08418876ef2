"""What keeps the rooms of the house apart.

    house.py ROOT

A room is a folder of compiler/ or runtime/ with a CMakeLists.txt. The table of
docs/architecture.md lists the rooms from the ground up and says on which others
each stands. Read are the link lines and the #include lines, nothing is built.
Prints what is wrong, a line each, and then the exit status is 1.
"""

import os
import re
import sys

TABLE = "docs/architecture.md"
HOUSE = ("compiler", "runtime")
FRONT_END = ("compiler/ast", "compiler/parse", "compiler/library",
             "compiler/check")

# No room has more than this share of all lines.
MOST = 0.15

COMMAND = re.compile(r'(\w+)\s*\(((?:[^()"]|"[^"]*")*)\)')
INCLUDE = re.compile(r'^[ \t]*#?[ \t]*include[ \t]+["<]([^">]+)[">]',
                     re.MULTILINE)
# What a CMakeLists.txt reads as text, not linked.
READ = re.compile(r"\$\{CMAKE_SOURCE_DIR\}/((?:compiler|runtime)/[\w/.-]*)")
SOURCES = (".cpp", ".h", ".td", ".def")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Library:
    """A library or a program."""

    def __init__(self, name, room):
        self.name, self.room = name, room
        self.files, self.links = [], []
        self.parts = []  # libraries whose objects it is made of


class House:
    def __init__(self, root):
        self.root = root
        self.problems = []
        self.rooms = {}      # the files of each, by its path from the root
        self.libraries = {}  # by name
        self.texts = {}      # of files that are read, by path
        for top in HOUSE:
            self.enter(top)
        for room in self.rooms:
            self.read_links(room)

    def tell(self, text):
        self.problems.append(text)

    # -- what there is --------------------------------------------------------

    def enter(self, folder):
        """Finds the rooms in a folder."""
        entries = sorted(os.listdir(os.path.join(self.root, folder)))
        files = [entry for entry in entries if
                 os.path.isfile(os.path.join(self.root, folder, entry))]
        if folder != "compiler":
            self.rooms[folder] = files
            if "CMakeLists.txt" not in files:
                self.tell(f"{folder}: no CMakeLists.txt says what this room "
                          "stands on")
        for entry in entries:
            if entry not in files and entry != "__pycache__":
                self.enter(f"{folder}/{entry}")

    def text(self, path):
        if path not in self.texts:
            self.texts[path] = read(os.path.join(self.root, path))
        return self.texts[path]

    def read_links(self, room):
        """The libraries that a room's CMakeLists.txt makes."""
        for command, words in COMMAND.findall(self.cmake(room)):
            words = words.split()
            if command in ("add_library", "add_executable"):
                library = Library(words[0], room)
                library.files = words[1:]
                library.parts = re.findall(r"\$<TARGET_OBJECTS:(.*?)>",
                                           " ".join(words))
                self.libraries[library.name] = library
            elif command == "target_link_libraries":
                self.libraries[words[0]].links += [
                    word for word in words[1:]
                    if word not in ("PUBLIC", "PRIVATE", "INTERFACE")]

    def cmake(self, room):
        """A room's CMakeLists.txt without comments; empty if it has none."""
        if "CMakeLists.txt" not in self.rooms[room]:
            return ""
        return re.sub(r"#.*", "", self.text(f"{room}/CMakeLists.txt"))

    def room_of(self, path):
        """The room of a path as #include lines name it, or None."""
        room = os.path.dirname(path)
        while room and room not in self.rooms:
            room = os.path.dirname(room)
        return room or None

    def rooms_linked(self, library):
        """The rooms whose libraries a library links or is made of itself."""
        rooms = set()
        for name in library.links + library.parts:
            rooms |= self.rooms_in(name)
        return rooms - {library.room}

    def rooms_in(self, name):
        """The room of a library; the runtime's archive is all its rooms."""
        library = self.libraries.get(name)
        if not library:
            return set()
        if library.parts:
            top = library.room.split("/")[0]
            return {room for room in self.rooms if room.split("/")[0] == top}
        return {library.room}

    def libraries_in(self, room):
        return [library for library in self.libraries.values()
                if library.room == room]

    def stands_on(self, room):
        """The rooms that the libraries of a room link."""
        return set().union(*(self.rooms_linked(library)
                             for library in self.libraries_in(room)))

    def includes(self, path):
        return INCLUDE.findall(self.text(path))

    # -- what must hold -------------------------------------------------------

    def check(self):
        order = self.read_table()
        for room in self.rooms:
            self.check_files(room)
            self.check_links(room, order)
        self.check_front_end()
        self.check_sizes()
        return self.problems

    def read_table(self):
        """The rooms of the table in its order; checks what it says of them."""
        rows = re.findall(r"^\| `((?:compiler|runtime)/[^`]*)` \|([^|]*)\|",
                          self.text(TABLE), re.MULTILINE)
        order = {}
        for path, others in rows:
            room = path.rstrip("/")
            order[room] = len(order)
            if room not in self.rooms:
                self.tell(f"{TABLE}: lists {room}, which is no folder")
                continue
            said = self.short_names(re.findall(r"`([^`]*)`", others)) - {room}
            real = self.stands_on(room)
            if said != real:
                self.tell(f"{TABLE}: {room} stands on {names(said)}, it "
                          f"says, but by its link lines on {names(real)}")
        for room in sorted(set(self.rooms) - set(order)):
            self.tell(f"{TABLE}: does not list {room}")
        return order

    def short_names(self, words):
        """The table leaves out compiler/, and `runtime/*` is all of it."""
        rooms = set()
        for word in words:
            if word.endswith("/*"):
                rooms |= {room for room in self.rooms
                          if f"{room}/".startswith(word[:-1])}
            else:
                rooms.add(word if word in self.rooms else f"compiler/{word}")
        return rooms

    def check_files(self, room):
        """That #include lines name rooms that the file's library links."""
        libraries = self.libraries_in(room)
        anywhere = {file for files in self.rooms.values() for file in files}
        for file in self.rooms[room]:
            if not file.endswith(SOURCES):
                continue
            path = f"{room}/{file}"
            owners = [library for library in libraries if file in library.files]
            if file.endswith(".cpp") and not owners:
                self.tell(f"{path}: no library of its room compiles it")
            # Headers are in no list: any library of the room may need them.
            linked = {room}.union(*(self.rooms_linked(library)
                                    for library in owners or libraries))
            for target in self.includes(path):
                if target in anywhere:
                    self.tell(f"{path}: includes {target}; name its room, too")
                other = self.room_of(target)
                if other and other not in linked:
                    owner = owners[0].name if owners else room
                    self.tell(f"{path}: includes {target}, but {owner} does not"
                              f" link {other}")

    def check_links(self, room, order):
        """That a room links only what is above it in the table, and what some
        file of it includes."""
        used = set()
        for file in self.rooms[room]:
            if file.endswith(SOURCES):
                used |= {self.room_of(target)
                         for target in self.includes(f"{room}/{file}")}
        cmake = f"{room}/CMakeLists.txt"
        for other in sorted(self.stands_on(room)):
            if order.get(other, -1) >= order.get(room, len(order)):
                self.tell(f"{cmake}: links {other}, which is not above {room} "
                          f"in {TABLE}")
        for library in self.libraries_in(room):
            for name in library.links:
                rooms = self.rooms_in(name)
                if name.startswith("pde") and not rooms and name != "pdec_mlir":
                    self.tell(f"{cmake}: links {name}, which no room makes")
                if rooms and not rooms & (used | {room}):
                    self.tell(f"{cmake}: links {name}, but no file of {room} "
                              f"includes any of {names(rooms)}")
        for path in READ.findall(self.cmake(room)):
            if order.get(self.room_of(path), -1) >= order.get(room, -1):
                self.tell(f"{cmake}: reads {path}, which is not above {room} "
                          f"in {TABLE}")

    def check_front_end(self):
        """That the sentence on rooms without the front end is true."""
        sentence = re.search(r"Without the front end build (.*?)\.\s",
                             self.text(TABLE), re.DOTALL)
        if not sentence:
            self.tell(f"{TABLE}: does not say which rooms build without the "
                      "front end")
            return
        said = self.short_names(re.findall(r"`([^`]*)`", sentence.group(1)))
        real = {room for room in self.rooms if room not in FRONT_END and
                not self.all_below(room) & set(FRONT_END)}
        if said != real:
            self.tell(f"{TABLE}: without the front end build {names(said)}, it "
                      f"says, but by their link lines {names(real)}")

    def all_below(self, room):
        below, found = [room], set()
        while below:
            new = self.stands_on(below.pop()) - found
            found |= new
            below += new
        return found

    def check_sizes(self):
        lines = {room: sum(self.text(f"{room}/{file}").count("\n")
                           for file in files)
                 for room, files in self.rooms.items()}
        all_lines = sum(lines.values())
        for room, count in lines.items():
            share = count / all_lines
            if share > MOST:
                self.tell(f"{room}: has {share:.1%} of all lines, more than "
                          f"{MOST:.0%}; find the rooms in it")


def names(rooms):
    return ", ".join(sorted(rooms)) or "nothing"


if __name__ == "__main__":
    found = House(sys.argv[1]).check()
    print("\n".join(found) or "the rooms are as they are listed")
    sys.exit(bool(found))
