"""Parts that pages are built from. Each takes the ``Look`` it is drawn with as its first argument.

Where to find what:

* ``buttons``: filled, bordered, borderless, tinted, danger, link, back_link, icon_button; ``page_head``: PageHead
* ``cards``: Card (head, body, flush tables, foot); ``detail_pane``: DetailPane, HistoryView, Figure, scrolling
* ``chips``: Chip, count_chip, small_tag_chip; ``tags``: Tag; ``segments``: Segments; ``wrap_row``: WrapRow
* ``states``: State, StateText; ``labels``: label, caption, IconLabel, StateLabel, ElidedLabel, hairline_widget
* ``tables``: RecordTable, Column, ColumnKind, TotalsRow; ``delegates``: CellRole and one delegate per kind of row
* ``word_list``: WordList, for lines of words, with boxes or without; ``list_beside``: ListBeside
* ``fields``: set_field_state, FieldLabel, FieldFrame, ProblemLine, WarningBlock, Notice, SearchField
* ``choices``: ChoiceBox; ``counters``: VoteCounter; ``vote_squares``: VoteSquares, VoteShares, VoteLegend
* ``bars``: Bar; ``chart_view``: ChartView; ``small_chart``: SmallChart
* ``empty``: EmptyState; ``progress``: ProgressStrip
* ``steps``: StepTrail, StepNumber; ``tiles``: PlaceTile, OptionTile; ``scrolling``: scrolling
* ``dialogs``: size_to_content, dialog_foot, cancel_button; ``painting``: pieces for own delegates

Sizes in arguments are px at 100 %; widgets follow theme and text size by themselves. Layouts get their margins by
``look.margins(layout, left, top, right, bottom, spacing)``. Text areas in forms need ``setTabChangesFocus(True)``.
"""
