-- The responsible units of what a notice lists, told apart from those that support it.
ALTER TABLE `notice_items` ADD `responsible` text DEFAULT '' NOT NULL;
