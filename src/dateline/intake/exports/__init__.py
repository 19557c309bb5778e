"""Text exports of news databases: LexisNexis, Factiva, ProQuest."""
