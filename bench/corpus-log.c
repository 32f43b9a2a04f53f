/* corpus-log.c - log lines and JSON, from templates. */

#include "corpus-kinds.h"
#include "corpus-names.h"
#include <assert.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* In a template a % and a letter stand for:
     %S %A %D %Z  the time as syslog, apache, java and ISO 8601 write it
     %1 .. %9     a number of at most so many digits
     %i %g        an IPv4 address, a UUID
     %x %X        8 and 12 hexadecimal digits
     %w           a word
     %s           a phrase of three to five words
     %q           a phrase with escaped quotes, backslashes and newlines in it
     %N           a person's name, rarely a famous one
     and the letters of the choices below. */

static const char *const agents[] = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0)",
    "Mozilla/5.0 (compatible; crawler/2.1)",
    "curl/8.5.0",
    "python-requests/2.31",
    "Go-http-client/1.1",
    "-",
};
static const char *const classes[] = {
    "shop.order.OrderService", "shop.cart.CartController", "core.auth.TokenFilter",    "core.db.ConnectionPool",
    "shop.mail.MailSender",    "core.cache.CacheLoader",   "shop.billing.InvoiceTask", "core.search.IndexWriter",
};
static const char *const hosts[] = {"web01", "web02", "db1", "db2-replica", "mail", "gateway", "build07", "cache-a"};
static const char *const levels[] = {"INFO", "INFO",  "INFO",  "INFO", "INFO", "INFO",
                                     "INFO", "DEBUG", "DEBUG", "WARN", "WARN", "ERROR"};
static const char *const methods[] = {"GET", "GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD"};
static const char *const extensions[] = {"html", "css", "js", "png", "json", "php"};
static const char *const statuses[] = {"200", "200", "200", "200", "304", "301", "404", "403", "500", "503"};
static const char *const threads[] = {"main", "http-8080", "pool-2", "scheduler", "consumer"};
static const char *const users[] = {"root", "admin",  "alice", "bob",      "carol", "dave",   "deploy",
                                    "git",  "backup", "guest", "postgres", "svc01", "oracle", "www-data"};

static const struct choice {
    char letter;
    const char *const *texts;
    size_t count;
} choices[] = {
    {'a', agents, COUNT(agents)},     {'c', classes, COUNT(classes)}, {'e', extensions, COUNT(extensions)},
    {'h', hosts, COUNT(hosts)},       {'l', levels, COUNT(levels)},   {'m', methods, COUNT(methods)},
    {'r', statuses, COUNT(statuses)}, {'t', threads, COUNT(threads)}, {'u', users, COUNT(users)},
};

static const char *const syslog_templates[] = {
    "%S %h sshd[%5]: Accepted publickey for %u from %i port %5 ssh2: ED25519 SHA256:%X%X",
    "%S %h sshd[%5]: Failed password for invalid user %w from %i port %5 ssh2",
    "%S %h sshd[%5]: Failed password for %u from %i port %5 ssh2",
    "%S %h sshd[%5]: Connection closed by authenticating user %u %i port %5 [preauth]",
    "%S %h sshd[%5]: pam_unix(sshd:session): session opened for user %u(uid=%4) by (uid=0)",
    "%S %h CRON[%5]: (%u) CMD (/usr/local/bin/%w-%w --quiet >/dev/null 2>&1)",
    "%S %h systemd[1]: Started %w-%w.service - %s.",
    "%S %h systemd[1]: %w.service: Main process exited, code=exited, status=%2/FAILURE",
    "%S %h kernel: [%6.%6] eth0: link up, %4 Mbps, rx_errors=%3 tx_dropped=%3",
    "%S %h kernel: [%6.%6] Out of memory: Killed process %5 (%w) total-vm:%7kB, anon-rss:%7kB",
    "%S %h postfix/smtpd[%5]: connect from %w.example.net[%i]",
    "%S %h postfix/qmgr[%5]: %X: from=<%w.%w@example.org>, size=%6, nrcpt=%1 (queue active)",
    "%S %h named[%4]: client @0x%x %i#%5 (%w.%w.example.com): query: %w.example.com IN A +E(0)K",
    "%S %h dhclient[%4]: bound to %i -- renewal in %5 seconds.",
};

static const char *const apache_templates[] = {
    "%i - - [%A] \"%m /%w/%w.%e HTTP/1.1\" %r %5",
    "%i - %u [%A] \"%m /%w/%w/%6 HTTP/1.1\" %r %6 \"-\" \"%a\"",
    "%i - - [%A] \"%m /api/v2/%w/%g HTTP/1.1\" %r %4",
    "%i - - [%A] \"%m /%w/%w?id=%5&sort=%w HTTP/2.0\" %r %5 \"-\" \"%a\"",
};

static const char *const java_templates[] = {
    "%D %l [%t-%2] %c - Request %g handled in duration=%4ms status=%r",
    "%D %l [%t-%2] %c - Order %8 of \"%N\" accepted: items=%2 total=%4.%2 took=%3ms",
    "%D %l [%t-%2] %c - user=%u address=%i %s, latency=%3ms",
    "%Z %l %c: %s key=%w elapsed=%4ms",
    "%Z %l %c: message=\"%q\" code=%3",
    "%D %l [%t-%2] %c - Cache miss for key=%w:%8, loaded %5 rows in %3 ms",
    "%D WARN [%t-%2] %c - Pool is %2% full, waited duration=%5ms for a connection",
    "%D ERROR [%t-%2] %c - could not open \"C:\\\\%w\\\\%q.dat\": error %4",
    "%D ERROR [%t-%2] %c - Request %g failed after %1 attempts: timed out, duration=%5ms",
    "%Z %l session=%g user=\"%N\" %s",
};

static const char json_head[] = "{\"id\":%9,\"uuid\":\"%g\",\"time\":\"%Z\",\"level\":\"%l\",\"user\":{\"name\":\"%N\","
                                "\"login\":\"%u\",\"address\":\"%i\",\"email\":\"%w.%w@example.com\"},\"tags\":[\"%w\","
                                "\"%w\",\"%w\"],\"message\":\"%s\",\"duration\":\"%4ms\",\"items\":[";

static const char *const json_items[] = {
    "{\"sku\":\"%X\",\"name\":\"%w %w\",\"price\":%4.%2,\"count\":%2,\"note\":\"%q\"}",
    "{\"sku\":\"%X\",\"name\":\"%w\",\"price\":%3.%2,\"count\":%1,\"stock\":{\"%h\":%5,\"%h-b\":%4}}",
    "{\"ref\":\"%g\",\"kind\":\"%w\",\"path\":\"/%w/%w/%7.%e\",\"by\":\"%N\",\"ok\":true}",
    "{\"text\":\"%s, %s; %s.\",\"rank\":%3,\"parent\":null}",
};

static const char json_tail[] = "],\"total\":%6.%2,\"elapsed\":\"%3ms\",\"status\":%r}\n";

/* Items are added up to here; the tail and the last one make it about 4 KB. */
#define JSON_ITEMS_END 3800

/* One of so many names is famous. */
#define NAMES_PER_FAMOUS 100

struct expansion {
    struct pool *pool;
    const struct lexicon *lexicon;
    struct random *random;
};

static void put_string(const struct expansion *to, const char *text)
{
    pool_put(to->pool, text, strlen(text));
}

static void put_number(const struct expansion *to, unsigned width_max)
{
    pool_stamp(to->pool, STAMP_NUMBER, 1 + random_below(to->random, width_max));
}

static void put_word(const struct expansion *to)
{
    pool_stamp(to->pool, STAMP_WORD, lexicon_draw(to->lexicon, to->random)->length);
}

static void put_phrase(const struct expansion *to, const char *const *gaps, uint32_t gap_count)
{
    put_word(to);
    for (uint32_t words = 2 + random_below(to->random, 3); words > 0; words--) {
        put_string(to, gaps[random_below(to->random, gap_count)]);
        put_word(to);
    }
}

static void put_name(const struct expansion *to)
{
    const struct names *names = &names_english;

    if (random_below(to->random, NAMES_PER_FAMOUS) == 0) {
        put_string(to, names->famous[random_below(to->random, FAMOUS_COUNT)]);
        return;
    }
    put_string(to, names->given[random_below(to->random, (uint32_t)names->given_count)]);
    put_string(to, names->gap);
    put_string(to, names->family[random_below(to->random, (uint32_t)names->family_count)]);
}

static bool put_choice(const struct expansion *to, char letter)
{
    for (size_t i = 0; i < COUNT(choices); i++)
        if (choices[i].letter == letter) {
            put_string(to, choices[i].texts[random_below(to->random, (uint32_t)choices[i].count)]);
            return true;
        }
    return false;
}

/* Puts what %letter stands for. Returns false when it stands for nothing. */
static bool put_placeholder(const struct expansion *to, char letter)
{
    static const char *const plain[] = {" "};
    static const char *const escaped[] = {" ", " ", " ", " \\\"", "\\\" ", "\\\\", "\\n"};

    if (letter >= '1' && letter <= '9') {
        put_number(to, (unsigned)(letter - '0'));
        return true;
    }
    switch (letter) {
    case 'S':
        pool_stamp(to->pool, STAMP_TIME_SYSLOG, 0);
        return true;
    case 'A':
        pool_stamp(to->pool, STAMP_TIME_APACHE, 0);
        return true;
    case 'D':
        pool_stamp(to->pool, STAMP_TIME_JAVA, 0);
        return true;
    case 'Z':
        pool_stamp(to->pool, STAMP_TIME_ISO, 0);
        return true;
    case 'i':
        pool_stamp(to->pool, STAMP_ADDRESS, 0);
        return true;
    case 'g':
        pool_stamp(to->pool, STAMP_UUID, 0);
        return true;
    case 'x':
        pool_stamp(to->pool, STAMP_HEX, 8);
        return true;
    case 'X':
        pool_stamp(to->pool, STAMP_HEX, 12);
        return true;
    case 'w':
        put_word(to);
        return true;
    case 's':
        put_phrase(to, plain, COUNT(plain));
        return true;
    case 'q':
        put_phrase(to, escaped, COUNT(escaped));
        return true;
    case 'N':
        put_name(to);
        return true;
    default:
        return put_choice(to, letter);
    }
}

static void expand(const struct expansion *to, const char *template)
{
    while (*template != '\0') {
        size_t plain = strcspn(template, "%");
        pool_put(to->pool, template, plain);
        template += plain;
        if (*template == '\0')
            break;
        /* A % that stands for nothing is a per cent sign. */
        if (put_placeholder(to, template[1])) {
            template += 2;
        } else {
            pool_put(to->pool, template, 1);
            template += 1;
        }
    }
}

static const char *draw_template(struct random *random, const char *const *templates, size_t count)
{
    return templates[random_below(random, (uint32_t)count)];
}

/* A third of the lines each; the searches that print a third of a log rely on the apache lines. */
static const char *draw_log_template(struct random *random)
{
    switch (random_below(random, 3)) {
    case 0:
        return draw_template(random, syslog_templates, COUNT(syslog_templates));
    case 1:
        return draw_template(random, apache_templates, COUNT(apache_templates));
    default:
        return draw_template(random, java_templates, COUNT(java_templates));
    }
}

static void prepare_log_lines(struct pool *pool, const struct lexicon *lexicon, struct random *random, const char *end)
{
    struct expansion to = {pool, lexicon, random};

    while (pool_begin(pool)) {
        expand(&to, draw_log_template(random));
        put_string(&to, end);
        pool_end(pool);
    }
}

void prepare_log(struct pool *pool, const struct lexicon *const lexicons[2], struct random *random)
{
    prepare_log_lines(pool, lexicons[0], random, "\n");
}

void prepare_oneline(struct pool *pool, const struct lexicon *const lexicons[2], struct random *random)
{
    prepare_log_lines(pool, lexicons[0], random, " ");
}

void prepare_json(struct pool *pool, const struct lexicon *const lexicons[2], struct random *random)
{
    struct expansion to = {pool, lexicons[0], random};

    while (pool_begin(pool)) {
        expand(&to, json_head);
        expand(&to, draw_template(random, json_items, COUNT(json_items)));
        while (pool_piece_length(pool) < JSON_ITEMS_END) {
            put_string(&to, ",");
            expand(&to, draw_template(random, json_items, COUNT(json_items)));
        }
        expand(&to, json_tail);
        pool_end(pool);
    }
}
