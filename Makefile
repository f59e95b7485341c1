# hugi - a static site generator for conference trip reports.
# `make help` lists the targets.  Settings below can be given on the command line.

PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= cc
CFLAGS  ?= -O2 -g
BUILD   ?= build
WERROR  ?=
# Test data of others (make conformance, make fuzz, tests/seeds.sh) and the maker of the benchmark's corpus;
# none is part of this repository, and what is not there is skipped.
SUITES  ?= ../shared/suites
SEEDS   ?= ../shared/seeds
BENCH   ?= ../shared/bench
# make bench: the folder that `npm install liquidjs` was run in.
LIQUIDJS ?= $(BENCH)
# make bench: the folder that `npm install sharp` was run in, and one that $(BENCH)/images/make_images.sh filled.
SHARP   ?=
IMAGES  ?=
# make bench, make conformance: the folder that `npm install playwright-core` was run in, and a browser for it.
PLAYWRIGHT ?=
CHROMIUM ?= /usr/bin/chromium
# make fuzz: which targets of tests/fuzz (FUZZ='liquid'), and how long each runs.
FUZZ    ?= $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_SECONDS ?= 60

VERSION  = 0.1.0
PKGS     = libcmark-gfm lua5.4 yaml-0.1 libturbojpeg libjpeg libpng zlib libutf8proc libxxhash libpcre2-8
# Only their headers are needed: they are loaded when there is something for them (base/library.h).
LOADED   = libxml-2.0 libwebp libwebpdemux lcms2 freetype2 harfbuzz fontconfig libidn2 libmicrohttpd libqrencode
# Reads HEIC and AVIF; built in where its header is.  `make HEIF=` leaves it out.
HEIF    ?= $(shell pkg-config --exists libheif && echo libheif)
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
           -Wswitch -fno-common -fstack-protector-strong $(WERROR)
CPPFLAGS += -Iinclude/hugi -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -DHUGI_VERSION='"$(VERSION)"'
HUGI_CFLAGS = -std=c11 $(WARNINGS) $(CPPFLAGS) $(PKG_CFLAGS) -pthread $(CFLAGS)
# Tests use these themselves.
TEST_LIBS   = -lxml2 -llcms2
HUGI_LIBS   = -lcmark-gfm-extensions $(PKG_LIBS) -ldl -lm -pthread $(LDFLAGS)

# pkg-config is asked once, when the first file is compiled, and never by `make demo`, which may
# have to install it first.  Headers of others are system headers: their warnings are not ours.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(call ask_pkg_config,--cflags,$(LOADED) $(HEIF)) $(if $(HEIF),-DHUGI_HEIF))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(call ask_pkg_config,--libs))$(PKG_LIBS)
ask_pkg_config = $(if $(shell pkg-config --exists $(PKGS) $(LOADED) && echo yes),,$(error libraries are missing: `make deps` installs them \
	(pkg-config $(PKGS) $(LOADED))))$(patsubst -I%,-isystem %,$(shell pkg-config $(1) $(PKGS) $(2)))

JOBS    := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
SOURCES := $(wildcard src/*/*.c)
HEADERS := $(wildcard src/*/*.h include/hugi/*/*.h)
MAIN    := src/cmd/main.c
THEME   := $(shell find themes/default -type f 2>/dev/null | LC_ALL=C sort)
LANGS   := $(wildcard src/highlight/definitions/*.lang)
CLIENT  := $(wildcard src/serve/client/*)
OBJECTS := $(patsubst src/%.c,$(BUILD)/%.o,$(filter-out $(MAIN),$(SOURCES))) $(BUILD)/embedded.o $(BUILD)/embedded_languages.o \
           $(BUILD)/embedded_client.o
UNITS   := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
TOOLS   := $(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(wildcard tests/tools/*.c))
MANUALS := $(BUILD)/man/hugi.1 $(BUILD)/man/hugi.yaml.5

# One short line for each command; `make V=1` shows them whole.
SAY     = $(if $(V),,@printf '  %-6s%s\n' '$(1)' '$(2)'; )

# More than one target's recipes call make again; what they share is said once.
AGAIN   = $(MAKE) $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS)) --no-print-directory
# gcc sees null format strings in what the undefined-behaviour checks add.
SANITIZE_ADDRESS = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined \
                   -Wno-format-truncation
SANITIZE_FUZZ    = -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
                   -fno-sanitize-recover=undefined
SANITIZE_THREAD  = -O1 -g -fno-omit-frame-pointer -fsanitize=thread

.PHONY: all deps demo check test tests accept conformance arch asan tsan fuzz fuzzers bench lint format install uninstall clean help FORCE
.DELETE_ON_ERROR:

all: $(BUILD)/hugi ## build/hugi (the default)

# --- for people ----------------------------------------------------------------

demo: ## install what is missing, build, and render this repository's site into public/
	@sh tools/install-deps.sh build
	@$(AGAIN) all
	$(BUILD)/hugi build
	@echo
	@echo 'The site is in public/. To look at it, and to see what you write as you save it:'
	@echo '  $(BUILD)/hugi serve'

check: ## install what the tests need, and run them all
	@sh tools/install-deps.sh build test
	@$(AGAIN) test

test: all tests ## run all tests; nothing is installed
	@BUILD='$(BUILD)' SEEDS='$(SEEDS)' SUITES='$(SUITES)' sh tests/run.sh

tests: $(UNITS) $(TOOLS) ## compile the tests' programs

accept: all ## rewrite the expected files of one case: make accept CASE=my-case
	@BUILD='$(BUILD)' sh tests/accept.sh '$(CASE)'

conformance: all tests ## run the suites of others, and a browser: make conformance SUITES=DIR PLAYWRIGHT=DIR
	@BUILD='$(BUILD)' PLAYWRIGHT='$(PLAYWRIGHT)' CHROMIUM='$(CHROMIUM)' sh tests/conformance.sh '$(SUITES)'

arch: ## check that folders include only what they may
	@sh tests/arch/check.sh

asan: ## all tests under the address and undefined-behaviour sanitizers
	@$(AGAIN) test BUILD=$(BUILD)/asan CFLAGS='$(SANITIZE_ADDRESS)'

tsan: ## 1,600 bodies at once, this repository's site twice, a preview, and random edits, under the thread sanitizer
	@$(AGAIN) all $(BUILD)/tsan/unit/test_markup_threads BUILD=$(BUILD)/tsan CFLAGS='$(SANITIZE_THREAD)'
	@BUILD='$(BUILD)/tsan' sh tests/threads.sh

# A target is one file, NAME_fuzz.c; its first comment says what it starts from.
fuzz: ## look for crashes with clang's fuzzer: make fuzz FUZZ=liquid FUZZ_SECONDS=600 SUITES=DIR
	@$(AGAIN) fuzzers BUILD=$(BUILD)/fuzz CC=clang CFLAGS='$(SANITIZE_FUZZ)'
	@BUILD='$(BUILD)/fuzz' FUZZ_SECONDS='$(FUZZ_SECONDS)' sh tests/fuzz.sh '$(SUITES)' $(FUZZ)

fuzzers: $(FUZZ:%=$(BUILD)/fuzz/%_fuzz)

bench: ## time builds, templates, a preview, photos against others': make bench BENCH=DIR LIQUIDJS=DIR PLAYWRIGHT=DIR SHARP=DIR IMAGES=DIR
	@$(AGAIN) all tests
	@if command -v python3 >/dev/null 2>&1; then \
		python3 tests/bench_build.py '$(BUILD)/hugi' '$(BENCH)' && \
		PLAYWRIGHT='$(PLAYWRIGHT)' CHROMIUM='$(CHROMIUM)' python3 tests/bench_serve.py '$(BUILD)/hugi' '$(BENCH)'; \
	else echo 'bench: builds and previews are skipped: no python3'; fi
	@BUILD='$(BUILD)' sh tests/bench_markup.sh '$(BENCH)'
	@BUILD='$(BUILD)' LIQUIDJS='$(LIQUIDJS)' sh tests/bench_liquid.sh '$(SUITES)'
	@BUILD='$(BUILD)' SHARP='$(SHARP)' IMAGES='$(IMAGES)' sh tests/bench_images.sh '$(BENCH)'

lint: ## clang-tidy and cppcheck
	clang-tidy --quiet $(SOURCES) -- $(HUGI_CFLAGS)
	cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr --error-exitcode=1 -j$(JOBS) \
		--suppress=internalAstError -Iinclude/hugi -DHUGI_VERSION='"$(VERSION)"' src

format: ## lay out changed C files with clang-format: make format FILES='src/base/str.c'
	clang-format -i $(or $(FILES),$(shell git diff --name-only HEAD -- '*.c' '*.h'))

deps: ## install the libraries hugi is built from, and what its tests need
	@sh tools/install-deps.sh build test

install: all $(MANUALS) ## install hugi and its manual pages: make install PREFIX=/usr DESTDIR=
	install -d '$(DESTDIR)$(PREFIX)/bin'
	install -m 755 $(BUILD)/hugi '$(DESTDIR)$(PREFIX)/bin/hugi'
	@for page in $(MANUALS); do \
		section='$(DESTDIR)$(PREFIX)/share/man/man'$${page##*.}; \
		echo install -m 644 "$$page" "$$section/"; \
		install -d "$$section" && install -m 644 "$$page" "$$section/" || exit 1; \
	done

uninstall: ## remove what install put there
	rm -f '$(DESTDIR)$(PREFIX)/bin/hugi'
	@for page in $(MANUALS); do rm -f '$(DESTDIR)$(PREFIX)/share/man/man'$${page##*.}/"$${page##*/}"; done

clean: ## remove build/
	rm -rf $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

# --- how things are made -------------------------------------------------------

$(BUILD)/hugi: $(BUILD)/cmd/main.o $(BUILD)/libhugi.a
	$(call SAY,LINK,$@)$(CC) $(CFLAGS) -o $@ $^ $(HUGI_LIBS)

$(BUILD)/libhugi.a: $(OBJECTS) $(BUILD)/build_id.o $(BUILD)/sources.list
	@rm -f $@
	$(call SAY,AR,$@)$(AR) rcs $@ $(OBJECTS) $(BUILD)/build_id.o

# What an earlier hugi remembered in a site's .hugi/ is of use to this very one alone.
$(BUILD)/build_id.c: $(OBJECTS)
	@{ cat $(OBJECTS) | cksum; pkg-config --modversion $(PKGS) $(LOADED); } | cksum | \
	  awk '{ printf "extern const char hugi_build_id[];\nconst char hugi_build_id[] = \"%s-%s\";\n", $$1, $$2 }' > $@

$(BUILD)/build_id.o: $(BUILD)/build_id.c
	$(call SAY,CC,$<)$(CC) $(HUGI_CFLAGS) -c -o $@ $<

$(BUILD)/%.o: src/%.c $(BUILD)/flags.list
	@mkdir -p $(@D)
	$(call SAY,CC,$<)$(CC) $(HUGI_CFLAGS) -MMD -MP -c -o $@ $<

# The default theme, compiled in: one C array per file, made by od and awk alone.
$(BUILD)/embedded.c: $(THEME) tools/embed.sh $(BUILD)/sources.list
	@mkdir -p $(@D)
	$(call SAY,EMBED,themes/default)sh tools/embed.sh embedded_files embedded_file_count \
		themes/default $(THEME) > $@.new && mv $@.new $@

# Languages that are described here, likewise.
$(BUILD)/embedded_languages.c: $(LANGS) tools/embed.sh $(BUILD)/sources.list
	@mkdir -p $(@D)
	$(call SAY,EMBED,src/highlight/definitions)sh tools/embed.sh embedded_definitions embedded_definition_count \
		src/highlight/definitions $(LANGS) > $@.new && mv $@.new $@

# What `hugi serve` adds to pages, likewise.
$(BUILD)/embedded_client.c: $(CLIENT) tools/embed.sh $(BUILD)/sources.list
	@mkdir -p $(@D)
	$(call SAY,EMBED,src/serve/client)sh tools/embed.sh embedded_client embedded_client_count \
		src/serve/client $(CLIENT) > $@.new && mv $@.new $@

$(BUILD)/embedded.o $(BUILD)/embedded_languages.o $(BUILD)/embedded_client.o: $(BUILD)/%.o: $(BUILD)/%.c $(BUILD)/flags.list
	$(call SAY,CC,$<)$(CC) $(HUGI_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libhugi.a
	@mkdir -p $(@D)
	$(call SAY,CC,$<)$(CC) $(HUGI_CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(BUILD)/libhugi.a -lcmocka $(TEST_LIBS) $(HUGI_LIBS)

$(BUILD)/tools/%: tests/tools/%.c $(BUILD)/libhugi.a
	@mkdir -p $(@D)
	$(call SAY,CC,$<)$(CC) $(HUGI_CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(BUILD)/libhugi.a $(TEST_LIBS) $(HUGI_LIBS)

$(BUILD)/fuzz/%: tests/fuzz/%.c $(BUILD)/libhugi.a
	@mkdir -p $(@D)
	$(call SAY,CC,$<)$(CC) $(HUGI_CFLAGS) -fsanitize=fuzzer -MMD -MP -MF $@.d -o $@ $< $(BUILD)/libhugi.a $(HUGI_LIBS)

# Manual pages are printed from the tables of commands, flags, settings and front matter.
$(BUILD)/make_man: tools/make_man.c $(BUILD)/libhugi.a
	$(call SAY,CC,$<)$(CC) $(HUGI_CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(BUILD)/libhugi.a $(HUGI_LIBS)

$(BUILD)/man/hugi.1: $(BUILD)/make_man
	@mkdir -p $(@D)
	$< 1 > $@

$(BUILD)/man/hugi.yaml.5: $(BUILD)/make_man
	@mkdir -p $(@D)
	$< 5 > $@

# Lists that change only when their text does: what depends on them is made again after other
# flags were given, or after a source or a theme's file came or went.
$(BUILD)/flags.list: CONTENT = $(CC) $(CFLAGS) $(WERROR) $(VERSION) $(PKGS) $(HEIF)
$(BUILD)/sources.list: CONTENT = $(SOURCES) $(THEME) $(LANGS) $(CLIENT)
$(BUILD)/%.list: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(CONTENT)' | cmp -s - $@ || printf '%s\n' '$(CONTENT)' > $@

-include $(OBJECTS:.o=.d) $(BUILD)/cmd/main.d $(BUILD)/make_man.d $(UNITS:=.d) $(TOOLS:=.d) $(wildcard $(BUILD)/fuzz/*.d)
