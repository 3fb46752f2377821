"""The concepts of the product; importing this module registers every operation, command and query."""

import shared.books.queries
import shared.branches.commands
import shared.catalog.commands
import shared.reports.commands
import shared.reports.to_review
import shared.review.commands
import shared.sales.commands
import shared.shifts.commands
import shared.staff.commands
import shared.stock.commands

CONCEPTS = ("branches", "staff", "review", "books", "shifts", "catalog", "stock", "sales")
