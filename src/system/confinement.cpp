// Landlock's and seccomp's system calls have no functions in Debian 12's C library.
#include "system/confinement.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <sstream>

namespace sys {
namespace fs = std::filesystem;
namespace {

// -------------------------------------------------------------------------------------------------------------
// Landlock

constexpr std::uint64_t truncation = 1ULL << 14;  // since Linux 6.2; Debian 12's headers do not name it

constexpr std::uint64_t reading =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t of_files =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | truncation;
constexpr std::uint64_t making =
    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_MAKE_CHAR |
    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO;

/// 0 where the kernel has no Landlock, or a container hides it.
long landlock_version() {
  return std::max(0L, ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
}

std::uint64_t accesses(long version) {
  std::uint64_t all = reading | making | LANDLOCK_ACCESS_FS_WRITE_FILE;
  if (version >= 2) all |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) all |= truncation;
  return all;
}

/// Lets what is at the path, and below it, be accessed; a path that is not there gives no rights.
void allow(int ruleset, const fs::path& path, std::uint64_t access) {
  const Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat info {};
  if (!place.is_open() || ::fstat(place.get(), &info) != 0) return;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = S_ISDIR(info.st_mode) ? access : access & of_files;
  rule.parent_fd = place.get();
  ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

/// Programs, libraries, fonts, TeX and what languages are set up by, wherever distributions put them (Debian's R has a
/// part of itself in /etc/R); nothing of /home, and of /etc only these.
constexpr std::array system_places{"/usr",
                                   "/lib",
                                   "/lib32",
                                   "/lib64",
                                   "/bin",
                                   "/sbin",
                                   "/opt",
                                   "/nix/store",
                                   "/gnu/store",
                                   "/etc/ld.so.cache",
                                   "/etc/ld.so.preload",
                                   "/etc/localtime",
                                   "/etc/texmf",
                                   "/etc/fonts",
                                   "/etc/R",
                                   "/etc/julia",
                                   "/etc/octave.conf",
                                   "/etc/perl",
                                   "/etc/python3",
                                   "/etc/matplotlibrc",
                                   "/var/lib/texmf",
                                   "/var/lib/tex-common",
                                   "/sys/devices/system/cpu",
                                   "/dev/null",
                                   "/dev/zero",
                                   "/dev/urandom",
                                   "/dev/random"};

/// The program as exec would find it.
fs::path found(const std::string& program) {
  if (program.find('/') != std::string::npos) return program;
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (fs::path file = fs::path(folder) / program; ::access(file.c_str(), X_OK) == 0) return file;
  return {};
}

fs::path home() {
  const char* value = std::getenv("HOME");
  std::error_code error;
  return value && *value == '/' ? fs::weakly_canonical(value, error) : fs::path();
}

/// Whoever has TeX in a folder of their own has the rest of it beside "bin", and who has several Pythons by pyenv has
/// them beside "shims"; ~/bin and ~/.local/bin hold all sorts.
fs::path place_of(const std::string& program) {
  std::error_code error;
  fs::path file = fs::canonical(found(program), error);
  if (error) return {};
  for (fs::path folder = file.parent_path(); folder.has_relative_path(); folder = folder.parent_path())
    if ((folder.filename() == "bin" || folder.filename() == "shims") && folder.parent_path() != home() &&
        folder.parent_path() != home() / ".local")
      return folder.parent_path();
  return file;
}

std::vector<fs::path> tex_of_the_user() {
  std::vector<fs::path> places;
  for (const char* name : {"TEXMFHOME", "TEXMFVAR", "TEXMFCONFIG"})
    if (const char* value = std::getenv(name); value && *value == '/') places.emplace_back(value);
  if (home().empty()) return places;
  places.push_back(home() / "texmf");
  std::error_code error;
  for (const auto& item : fs::directory_iterator(home(), error))
    if (item.path().filename().string().starts_with(".texlive")) places.push_back(item.path());
  return places;
}

Descriptor prepare_ruleset(const Confinement& confinement, const std::string& program) {
  const long version = landlock_version();
  if (version == 0) return Descriptor();
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = accesses(version);
  Descriptor prepared(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
  const int ruleset = prepared.get();
  if (ruleset < 0) return prepared;
  for (const char* place : system_places) allow(ruleset, place, reading);
  allow(ruleset, "/dev/null", reading | LANDLOCK_ACCESS_FS_WRITE_FILE);
  allow(ruleset, place_of(program), reading);
  for (const auto& place : tex_of_the_user()) allow(ruleset, place, reading);
  for (const auto& place : confinement.readable) allow(ruleset, place, reading);
  for (const auto& place : confinement.writable) allow(ruleset, place, accesses(version));
  return prepared;
}

// --------------------------------------------------------------------------------------------------------------
// seccomp

#if defined(__x86_64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t architecture = 0;
#endif

constexpr sock_filter load(std::size_t offset) {
  return {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(offset)};
}
constexpr sock_filter skip_next_unless(std::uint32_t value) { return {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value}; }
constexpr sock_filter skip_next_if(std::uint32_t value) { return {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, value}; }
constexpr sock_filter skip_next_below(std::uint32_t value) { return {BPF_JMP | BPF_JGE | BPF_K, 0, 1, value}; }
constexpr sock_filter answer(std::uint32_t what) { return {BPF_RET | BPF_K, 0, 0, what}; }

constexpr std::uint32_t refusal = SECCOMP_RET_ERRNO | EACCES;
constexpr std::uint32_t other_numbers = 0x40000000;  // x86-64's second set of system calls

/// No socket of any kind, also not by another architecture's calls or through a ring.
constexpr std::array without_sockets{load(offsetof(seccomp_data, arch)),
                                     skip_next_if(architecture),
                                     answer(refusal),
                                     load(offsetof(seccomp_data, nr)),
                                     skip_next_below(other_numbers),
                                     answer(refusal),
                                     skip_next_unless(SYS_socket),
                                     answer(refusal),
                                     skip_next_unless(SYS_io_uring_setup),
                                     answer(refusal),
                                     answer(SECCOMP_RET_ALLOW)};

/// Nor a process group or a session of its own. To be entered before the above.
constexpr std::array within_group{load(offsetof(seccomp_data, nr)),
                                  skip_next_unless(SYS_setsid),
                                  answer(refusal),
                                  skip_next_unless(SYS_setpgid),
                                  answer(refusal),
                                  answer(SECCOMP_RET_ALLOW)};

template <std::size_t N>
bool enter_seccomp(const std::array<sock_filter, N>& filter) {
  if constexpr (architecture == 0) return true;
  const sock_fprog program{static_cast<unsigned short>(N), const_cast<sock_filter*>(filter.data())};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 || errno == EINVAL || errno == ENOSYS;
}

void limit(decltype(RLIMIT_DATA) what, std::uint64_t most) {
  rlimit now{};
  if (::getrlimit(what, &now) != 0 || now.rlim_max < most) return;
  now.rlim_cur = now.rlim_max = most;
  ::setrlimit(what, &now);
}

}  // namespace

Enforceable enforceable_confinement() {
  return {landlock_version(), architecture != 0 && ::prctl(PR_GET_SECCOMP) >= 0};
}

PreparedConfinement::PreparedConfinement(const Confinement& confinement, const std::string& program)
    : confinement_(confinement), ruleset_(prepare_ruleset(confinement, program)) {}

bool PreparedConfinement::enter() const {
  limit(RLIMIT_DATA, confinement_.memory);
  limit(RLIMIT_FSIZE, confinement_.file);
  limit(RLIMIT_CORE, 0);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  if (ruleset_.is_open() && ::syscall(SYS_landlock_restrict_self, ruleset_.get(), 0) != 0) return false;
  return (!confinement_.stays_in_group || enter_seccomp(within_group)) && enter_seccomp(without_sockets);
}

}  // namespace sys
