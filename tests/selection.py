#!/usr/bin/env python3
"""Compares which lines mscan prints, and how, with a model of it in Python.

    MSCAN=/path/to/mscan tests/selection.py [--cases N] [--seed S] [--seconds T]

A case is one command over one or two files: -v, -m, --skip-matches, --last, context, prefixes, counts and -o, with
threads, chunks and pipes of all sizes.  Without --cases it ends after T seconds (10).  GNU grep has no --skip-matches
and no --last; what it has, differential.py compares.
"""
import re
import shlex
import subprocess
import sys

sys.dont_write_bytecode = True
import comparison  # noqa: E402

PATTERNS = ['m', 'mm', 'a.*b', '^$', 'x$', 'mx', '[ab]m', '(a)\\1', 'q', '']


def lines_of(text):
    lines = text.split('\n')
    return lines[:-1] if lines[-1] == '' else lines


class Case:
    def __init__(self, rng):
        self.pattern = rng.choice(PATTERNS)
        self.files = [rng.choice(('f', 'g', '-')) for _ in range(rng.choice((1, 1, 1, 2)))]
        if self.files.count('-') > 1:
            self.files = ['-']
        self.invert, self.number, self.offset, self.name, self.only, self.count, self.total = (
            rng.random() < chance for chance in (0.2, 0.5, 0.2, 0.3, 0.15, 0.15, 0.1))
        self.limit = rng.choice((None, None, None, 1, 2, 5, 20))
        self.skip = rng.choice((0, 0, 1, 2, 5, 50))
        self.last = rng.choice((None, None, 1, 2, 5, 50))
        self.before, self.after = (rng.choice((None, None, 0, 1, 2, 5, 1000)) for _ in range(2))
        self.passthru = rng.random() < 0.1
        self.separator = rng.choice(('--', '--', '--', 'XY', None))
        self.split = rng.choice((['--mmap'], ['--no-mmap'])) + rng.choice(([], ['-j1'], ['-j2'], ['-j3'], ['-j8']))
        self.split += rng.choice(([], ['--chunk-size=1'], ['--chunk-size=7'], ['--chunk-size=64'], ['--chunk-size=1000']))

    def options(self):
        options = [text for wanted, text in (
            (self.invert, '-v'), (self.number, '-n'), (self.offset, '-b'), (self.name, '-H'), (not self.name, '-h'),
            (self.only, '-o'), (self.count, '-c'), (self.total, '--total=always'), (self.passthru, '--passthru'),
            (self.limit, '-m%s' % self.limit), (self.skip, '--skip-matches=%d' % self.skip),
            (self.last, '--last=%s' % self.last), (self.before is not None, '-B%s' % self.before),
            (self.after is not None, '-A%s' % self.after)) if wanted]
        if self.separator != '--':
            options.append('--group-separator=' + self.separator if self.separator else '--no-group-separator')
        return options

    def selected(self, lines):
        found = [index for index, line in enumerate(lines)
                 if bool(re.search(self.pattern, line)) != self.invert][self.skip:]
        return found[:self.limit][-self.last if self.last else 0:]

    def prefix(self, name, index, offset, mark):
        return ''.join(part + mark for part in (
            name if self.name else '', str(index + 1) if self.number else '', str(offset) if self.offset else '') if part)

    def shown(self, name, lines, index, offset, mark):
        line = lines[index]
        if not self.only:
            return [self.prefix(name, index, offset, mark) + line]
        if (mark == ':') == self.invert:
            return []
        return [self.prefix(name, index, offset + match.start(), mark) + match.group()
                for match in re.finditer(self.pattern, line) if match.group()]

    def model(self, texts):
        """What is printed, and the status."""
        out, total, any_selected, grouped = [], 0, False, False
        if self.invert and not self.pattern and not (self.passthru and self.last is None):
            return '', 1  # as in grep, nothing is looked at
        passthru = self.passthru and self.last is None
        with_context = passthru or self.before is not None or self.after is not None
        for file in self.files:
            name, lines = '(standard input)' if file == '-' else file, lines_of(texts[file])
            selected = self.selected(lines)
            any_selected |= bool(selected)
            total += len(selected)
            if self.count or self.total:
                out.append((name + ':' if self.name else '') + str(len(selected)))
                continue
            chosen, last_printed = set(selected), None
            printed = set(chosen)
            for index in selected:
                printed.update(range(max(0, index - (self.before or 0)), min(len(lines), index + (self.after or 0) + 1)))
            if passthru:
                printed = set(range(len(lines)))
            offset = 0
            for index, line in enumerate(lines):
                if index in printed:
                    if with_context and not passthru and grouped and last_printed != index - 1 and self.separator:
                        out.append(self.separator)
                    grouped = True
                    last_printed = index
                    out += self.shown(name, lines, index, offset, ':' if index in chosen else '-')
                offset += len(line) + 1
        if self.total:
            out.append(('total:' if self.name else '') + str(total))
        return ''.join(line + '\n' for line in out), 0 if any_selected else 1


def text(rng):
    count = rng.choice((0, 1, 5, 30, 200))
    lines = [''.join(rng.choice('abmx') for _ in range(rng.choice((0, 1, 2, 3, 8)))) for _ in range(count)]
    return '\n'.join(lines) + ('\n' if lines and rng.random() < 0.8 else '')


def main():
    run = comparison.Run('Compares the lines that mscan prints with a model.', 'SELECTION_SECONDS', 10)
    rng = run.rng
    with comparison.working_directory('selection'):
        for number in run.cases():
            if number % 10 == 1:
                texts = {name: text(rng) for name in ('f', 'g', '-')}
                comparison.write_files({name if name != '-' else 'stdin': content.encode() for name, content in texts.items()})
            case = Case(rng)
            command = [*case.split, *case.options(), '-e', case.pattern, '--', *case.files]
            locale = ('C', 'C.UTF-8')[number % 2]
            piped = rng.random() < 0.5
            with open('stdin', 'rb') as standard_input:
                ours = subprocess.run([run.mscan, *command], stdin=None if piped else standard_input, timeout=60, check=False,
                                      input=texts['-'].encode() if piped else None, capture_output=True,
                                      env=comparison.environment(locale))
            expected = case.model(texts)
            if (ours.stdout.decode(), ours.returncode) != expected or ours.stderr:
                print('DIFFERENCE in case %d of seed %d: LC_ALL=%s mscan %s' % (number, run.seed, locale, shlex.join(command)))
                for name in set(case.files):
                    print('  %s: %r' % (name, texts[name]))
                print('  mscan: %d %r %r\n  model: %d %r' % (ours.returncode, ours.stdout.decode(), ours.stderr.decode(),
                                                          expected[1], expected[0]))
                return 1
    print('%d cases in %.1f s, seed %d: no difference' % (run.number, run.elapsed(), run.seed))
    return 0


if __name__ == '__main__':
    sys.exit(main())
