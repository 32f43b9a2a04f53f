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
