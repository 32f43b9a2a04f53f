# MSCAN_CHECK_CFLAG(FLAG, VARIABLE)
# Appends FLAG to VARIABLE when the compiler takes it without a warning.
AC_DEFUN([MSCAN_CHECK_CFLAG], [
    AC_MSG_CHECKING([whether $CC takes $1])
    mscan_saved_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $1"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
        [AC_MSG_RESULT([yes])
         $2="$$2 $1"],
        [AC_MSG_RESULT([no])])
    CFLAGS=$mscan_saved_CFLAGS
])

# MSCAN_SANITIZER(OPTION, NAME, DESCRIPTION)
# Adds --enable-OPTION, which builds and links with -fsanitize=NAME.
AC_DEFUN([MSCAN_SANITIZER], [
    AC_ARG_ENABLE([$1], [AS_HELP_STRING([--enable-$1], [build with $3])], [], [enable_$1=no])
    AS_IF([test "x$enable_$1" = xyes],
        [SANITIZE_FLAGS="$SANITIZE_FLAGS -fsanitize=$2 -fno-omit-frame-pointer"
         sanitizers="$sanitizers $2"])
])

# MSCAN_LINK_PCRE2
# Ends unless a program with PCRE2 compiles and links: that of another machine, and one without its library, do not.
AC_DEFUN([MSCAN_LINK_PCRE2], [
    mscan_saved_CFLAGS=$CFLAGS
    mscan_saved_LIBS=$LIBS
    CFLAGS="$CFLAGS $PCRE2_CFLAGS"
    LIBS="$PCRE2_LIBS $LIBS"
    AC_MSG_CHECKING([whether a program with PCRE2 links])
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
]], [[return pcre2_config(PCRE2_CONFIG_VERSION, NULL) < 0;]])],
        [AC_MSG_RESULT([yes])],
        [AC_MSG_RESULT([no])
         AC_MSG_ERROR([PCRE2 for $host is missing: $PCRE2_CFLAGS $PCRE2_LIBS does not link; see config.log])])
    CFLAGS=$mscan_saved_CFLAGS
    LIBS=$mscan_saved_LIBS
])

# MSCAN_COMPLETION(SHELL, VARIABLE, FOLDER)
# Adds --with-SHELL-completion-dir, and sets VARIABLE_DIR and the condition VARIABLE: there are completions for SHELL.
AC_DEFUN([MSCAN_COMPLETION], [
    AC_ARG_WITH([$1-completion-dir],
        [AS_HELP_STRING([--with-$1-completion-dir=DIR],
                        [install the completions for $1 in DIR @<:@DATADIR/$3@:>@; "no": leave them out])],
        [], [with_$1_completion_dir=yes])
    AS_IF([test "x$with_$1_completion_dir" = xyes], [$2_DIR='${datadir}/$3'], [$2_DIR=$with_$1_completion_dir])
    AC_SUBST([$2_DIR])
    AM_CONDITIONAL([$2], [test "x$with_$1_completion_dir" != xno && case $completions in left*) false ;; esac])
])

# MSCAN_CHECK_LDFLAG(FLAG, VARIABLE)
# Appends FLAG to VARIABLE when a program links with it and with what VARIABLE has, without a warning.
AC_DEFUN([MSCAN_CHECK_LDFLAG], [
    AC_MSG_CHECKING([whether $CC links with $1])
    mscan_saved_LDFLAGS=$LDFLAGS
    LDFLAGS="$LDFLAGS $$2 -Werror $1"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
        [AC_MSG_RESULT([yes])
         $2="$$2 $1"],
        [AC_MSG_RESULT([no])])
    LDFLAGS=$mscan_saved_LDFLAGS
])

# MSCAN_FORTIFY(LEVEL)
# Has the C library check the bounds of its functions at that level, when it knows it, the compiler optimizes, and no
# level was chosen before: by the compiler itself or by the user's flags.
AC_DEFUN([MSCAN_FORTIFY], [
    AC_MSG_CHECKING([whether the C library takes _FORTIFY_SOURCE=$1])
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
            #if defined _FORTIFY_SOURCE || !defined __OPTIMIZE__
            #error
            #endif
            #define _FORTIFY_SOURCE $1
            #include <stdio.h>
            #if !defined __USE_FORTIFY_LEVEL || __USE_FORTIFY_LEVEL < $1
            #error
            #endif]], [])],
        [AC_MSG_RESULT([yes])
         HARDENING_CPPFLAGS="-D_FORTIFY_SOURCE=$1"],
        [AC_MSG_RESULT([no])])
])

# MSCAN_HARDENING
# Adds --disable-hardening.  Unless it is given, HARDENING_CPPFLAGS, HARDENING_CFLAGS and HARDENING_LDFLAGS receive what
# the compiler has to keep a fault in memory from becoming a way in, and the shell variable `hardening` is yes.
AC_DEFUN([MSCAN_HARDENING], [
    AC_ARG_ENABLE([hardening],
        [AS_HELP_STRING([--disable-hardening],
                        [leave out stack protector, fortified functions, read-only relocations and the like])],
        [hardening=$enableval], [hardening=yes])
    AS_IF([test -n "$SANITIZE_FLAGS"], [hardening=no])
    HARDENING_CPPFLAGS= HARDENING_CFLAGS= HARDENING_LDFLAGS=
    AS_IF([test "x$hardening" = xyes], [
        # Arrays of characters are guarded, and not all that has its address taken, as with -fstack-protector-strong:
        # printing each line with its number takes 304 million instructions for 32 MiB without hardening, 316 so, and 326
        # with the strong guard (valgrind --tool=callgrind mscan -j1 -n a LOG).
        for flag in -fPIE -fstack-protector --param=ssp-buffer-size=4 -fstack-clash-protection -fcf-protection \
            -mbranch-protection=standard; do
            MSCAN_CHECK_CFLAG([$flag], [HARDENING_CFLAGS])
        done
        for flag in -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack; do
            MSCAN_CHECK_LDFLAG([$flag], [HARDENING_LDFLAGS])
        done
        MSCAN_FORTIFY([3])
        AS_IF([test -z "$HARDENING_CPPFLAGS"], [MSCAN_FORTIFY([2])])
    ])
    AC_SUBST([hardening])
    AC_SUBST([HARDENING_CPPFLAGS])
    AC_SUBST([HARDENING_CFLAGS])
    AC_SUBST([HARDENING_LDFLAGS])
])

# MSCAN_COMPRESSION(NAME, VARIABLE, FORMAT, MODULE, PACKAGE): a library that decodes a format, if it is there and
# --without-NAME does not refuse it.  MODULE is pkg-config's; bzip2's library has none before 1.1.
AC_DEFUN([MSCAN_COMPRESSION], [
AC_ARG_WITH([$1], [AS_HELP_STRING([--without-$1], [leave out what reads $3])], [], [with_$1=check])
have_$1=no
AS_IF([test "x$with_$1" != xno],
    [m4_if([$4], [],
        [AC_CHECK_HEADER([bzlib.h], [AC_CHECK_LIB([bz2], [BZ2_bzDecompress], [have_$1=yes $2_LIBS=-lbz2])])],
        [PKG_CHECK_MODULES([$2], [$4], [have_$1=yes], [:])])
     AS_IF([test "x$have_$1 $with_$1" = "xno yes"],
           [AC_MSG_ERROR([the library for $3 is missing; on Debian: apt-get install $5])])])
AS_IF([test "x$have_$1" = xyes],
    [AC_DEFINE([HAVE_$2], [1], [Define to 1 to read what is compressed by $3.])
     COMPRESSION_CFLAGS="$COMPRESSION_CFLAGS $$2_CFLAGS"
     COMPRESSION_LIBS="$COMPRESSION_LIBS $$2_LIBS"
     formats="${formats:+$formats, }$3"])
])
