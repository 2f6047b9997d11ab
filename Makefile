# Each target is one line over `python3 -m macros <verb>`, which makes its own virtual environment.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help site draft edition correct test serve check links new macros style reread search-quality bench weigh lock

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1	/' | expand -t 14

site: ## build every frozen edition into site/
	@$(PYTHON) -m macros site

draft: ## build the working tree into draft/, marked as a draft
	@$(PYTHON) -m macros draft

edition: ## freeze the working tree: make edition AS_AT=2026-09-30 [AGAIN=1] [PUBLISHED=day] [TITLE=] [NOTE=] [SUPERSEDES=]
	@$(PYTHON) -m macros edition "$(AS_AT)" $(if $(AGAIN),--again) $(if $(TITLE),--title "$(TITLE)") \
		$(if $(NOTE),--note "$(NOTE)") $(if $(SUPERSEDES),--supersedes "$(SUPERSEDES)") \
		$(if $(PUBLISHED),--published "$(PUBLISHED)") $(if $(SOURCES),--sources "$(SOURCES)")

correct: ## bring back the sources of an edition, to correct it: make correct EDITION=2025-10-28
	@$(PYTHON) -m macros correct "$(EDITION)"

test: ## lint, types, tests, browser and links
	@$(PYTHON) -m macros test

serve: ## show the working tree as a draft, live, while you edit
	@$(PYTHON) -m macros serve

check: ## check every record and page
	@$(PYTHON) -m macros check

links: ## check every link and anchor of site/
	@$(PYTHON) -m macros links

new: ## begin a record: make new KIND=term ID=offtake
	@$(PYTHON) -m macros new "$(KIND)" "$(ID)"

macros: ## print what each macro does and how it is written
	@$(PYTHON) -m macros help

style: ## measure how the built draft reads, page by page
	@$(PYTHON) -m macros style

reread: ## list what to read again before as_at is moved: make reread AS_AT=2026-11-29
	@$(PYTHON) -m macros reread "$(AS_AT)"

search-quality: ## ask the search a file of questions: make search-quality [QUERIES=tests/site/queries.yml]
	@$(PYTHON) -m macros search-quality $(if $(QUERIES),--queries "$(QUERIES)")

bench: ## measure checks and builds: make bench [SCALE=1] [QUICK=1]
	@$(PYTHON) -m macros bench $(if $(SCALE),--scale) $(if $(QUICK),--quick)

weigh: ## measure what each page of site/ costs on the wire
	@$(PYTHON) -m macros weigh

lock: ## renew the lock files from requirements*.in
	@$(PYTHON) -m macros lock
