# Each target is one line over `python3 -m macros <verb>`, which makes its own virtual environment.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help site draft edition correct edition-migrate test serve check links new macros style reread search-quality bench weigh lock publish rollback audit summary source rename where stale schemas links-external archive-list fuzz mutate

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1	/' | expand -t 14

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

edition-migrate: ## better a stored edition's markup, words unchanged: EDITION= CSS= [SET=name=value] [REMOVE=name] REASON=
	@$(PYTHON) -m macros edition-migrate "$(EDITION)" --css "$(CSS)" --reason "$(REASON)" \
		$(if $(SET),--set "$(SET)") $(if $(REMOVE),--remove "$(REMOVE)")

test: ## lint, types, tests, browser and links
	@$(PYTHON) -m macros test

serve: ## show the working tree as a draft, live, while you edit
	@$(PYTHON) -m macros serve

check: ## check every record and page
	@$(PYTHON) -m macros check

links: ## check every link of a built folder: make links [SITE=draft] [FORMAT=text|json|junit|sarif|github] [HTTP=no]
	@$(PYTHON) -m macros links $(if $(SITE),--site "$(SITE)") $(if $(FORMAT),--format "$(FORMAT)") $(if $(filter no,$(HTTP)),--no-http)

links-external: ## ask the other sites to which records lead: make links-external [HISTORY=file] [REPORT=file]
	@$(PYTHON) -m macros links-external $(if $(HISTORY),--history "$(HISTORY)") $(if $(REPORT),--report "$(REPORT)")

archive-list: ## list the sources that need an archived copy or a day on which they were seen
	@$(PYTHON) -m macros archive-list

publish: ## build, check and publish in one step: make publish TO=/srv/site
	@$(PYTHON) -m macros publish --to "$(TO)"

rollback: ## give readers the release before: make rollback TO=/srv/site
	@$(PYTHON) -m macros rollback --to "$(TO)"

summary: ## say what the working tree changes, and what to read again
	@$(PYTHON) -m macros summary

audit: ## what takes long: every page, packages, licenses, known weaknesses
	@$(PYTHON) -m macros audit

new: ## begin a record or a page: make new KIND=term ID=offtake, KIND=page ID=energy/smr-loans TITLE="..." [RECORD=kind/id]
	@$(PYTHON) -m macros new "$(KIND)" "$(ID)" --title "$(TITLE)" --record "$(RECORD)"

source: ## begin the record of a source from its address: make source URL=https://... [ID=]
	@$(PYTHON) -m macros source "$(URL)" --id "$(ID)"

rename: ## give a record or a page a new name: make rename OLD=term/offtake NEW=term/offtake-agreement, OLD=docs/a.md NEW=docs/b.md
	@$(PYTHON) -m macros rename "$(OLD)" "$(NEW)"

where: ## list every page and record that a fact reaches: make where ID=figure/investment-pledge
	@$(PYTHON) -m macros where "$(ID)"

stale: ## list what to read again: make stale [ON=2026-12-31] [ROLE=partner]
	@$(PYTHON) -m macros stale --on "$(ON)" --role "$(ROLE)"

schemas: ## write what the editor's program knows: schemas, snippets, ids
	@$(PYTHON) -m macros schemas

macros: ## print what each macro does and how it is written
	@$(PYTHON) -m macros help

style: ## measure how the built draft reads, page by page
	@$(PYTHON) -m macros style

reread: ## list what to read again before as_at is moved: make reread AS_AT=2026-11-29
	@$(PYTHON) -m macros reread "$(AS_AT)"

search-quality: ## ask the search a file of questions: make search-quality [QUERIES=tests/site/queries.yml]
	@$(PYTHON) -m macros search-quality $(if $(QUERIES),--queries "$(QUERIES)")

bench: ## measure checks and builds: make bench [SCALE=1] [QUICK=1] [ONLY="builds scale"]
	@$(PYTHON) -m macros bench $(if $(SCALE),--scale) $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY))

weigh: ## measure what each page of site/ costs on the wire
	@$(PYTHON) -m macros weigh

fuzz: ## look for input that is neither taken nor refused: make fuzz [SECONDS=600] [SEED=0]
	@$(PYTHON) -m macros fuzz $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED))

mutate: ## plant faults in the code and ask whether the unit tests notice: make mutate [SEED=0] [COUNT=200] [SECONDS=600]
	@$(PYTHON) -m macros mutate $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT)) $(if $(SECONDS),--seconds $(SECONDS))

lock: ## renew the lock files from requirements*.in
	@$(PYTHON) -m macros lock
