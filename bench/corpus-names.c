/* corpus-names.c - see corpus-names.h. */

#include "corpus-names.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const english_given[] = {
    "James", "Mary",   "Robert", "Emma",  "William", "Alice",  "George",  "Clara", "Henry",  "Ruth", "Arthur", "Edith",
    "Frank", "Nora",   "Walter", "Grace", "Edward",  "Violet", "Charles", "Lucy",  "Samuel", "Jane", "Oliver", "Martha",
    "Peter", "Hannah", "Thomas", "Julia", "Daniel",  "Esther", "Hugh",    "Irene", "John",   "Ada",  "Victor", "Sofia",
};

static const char *const english_family[] = {
    "Manning",  "Harding", "Fleming", "Browning", "Sterling", "Whiting",   "Baker",    "Carter",
    "Fletcher", "Mason",   "Turner",  "Walker",   "Bennett",  "Coleman",   "Dawson",   "Ellis",
    "Foster",   "Gibson",  "Hughes",  "Irving",   "Jenkins",  "Knight",    "Lambert",  "Marshall",
    "Norris",   "Osborne", "Palmer",  "Quincy",   "Reynolds", "Sanders",   "Thornton", "Underhill",
    "Vaughan",  "Webster", "Young",   "Ashworth", "Holloway", "Pemberton", "Adler",    "Watson",
};

static const char *const english_famous[] = {
    "Sherlock Holmes", "John Watson", "Irene Adler", "Inspector Lestrade", "Professor Moriarty",
};

static const char *const russian_given[] = {
    "Иван",    "Мария", "Пётр",  "Анна",   "Николай", "Елена",  "Алексей", "Ольга",   "Дмитрий", "Татьяна", "Сергей",
    "Наталья", "Павел", "Ирина", "Михаил", "Софья",   "Андрей", "Вера",    "Василий", "Надежда", "Фёдор",   "Юлия",
};

static const char *const russian_family[] = {
    "Садовник", "Коваленко", "Мельник", "Гончар", "Шевчук", "Бондаренко", "Ткаченко", "Кравец", "Рыбак", "Пасечник",
    "Зимних",   "Белых",     "Долгих",  "Черныш", "Мороз",  "Дубко",      "Береза",   "Калина", "Сокол", "Журавель",
};

static const char *const russian_famous[] = {
    "Шерлок Холмс", "Джон Уотсон", "Ирэн Адлер", "инспектор Лестрейд", "профессор Мориарти",
};

static const char *const asian_given[] = {
    "太郎", "花子", "一郎", "美咲", "健太", "さくら", "直樹", "陽子", "大輔", "由美", "建国", "小明", "丽华", "志强",
};

static const char *const asian_family[] = {
    "田中", "鈴木", "佐藤", "高橋", "渡辺", "伊藤", "山本", "中村", "王", "李", "張", "劉", "陳", "林",
};

static const char *const asian_famous[] = {
    "シャーロック・ホームズ", "夏洛克·福尔摩斯", "ジョン・ワトソン", "アイリーン・アドラー", "モリアーティ教授",
};

const struct names names_english = {
    english_given, english_family, COUNT(english_given), COUNT(english_family), " ", english_famous,
};

const struct names names_russian = {
    russian_given, russian_family, COUNT(russian_given), COUNT(russian_family), " ", russian_famous,
};

/* Family names come first: the given ones stand in their place. */
const struct names names_asian = {
    asian_family, asian_given, COUNT(asian_family), COUNT(asian_given), "", asian_famous,
};
