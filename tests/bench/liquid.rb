# liquid.rb TURNS OUT DIR... - what tests/tools/liquid_bench.c does, with Ruby's Liquid.
# Parsed once; partials too, by a cache that is kept between renders.
require 'json'
require 'liquid'
Files = Struct.new(:templates) do
  def read_template_file(name) = templates.fetch(name)
end
turns, out, *folders = ARGV
turns = turns.to_i
folders.each do |folder|
  name = File.basename(folder)
  templates = Dir.children("#{folder}/templates").to_h { |file| [file, File.read("#{folder}/templates/#{file}")] }
  data = JSON.parse(File.read("#{folder}/data.json"))
  Liquid::Template.file_system = Files.new(templates)
  template = Liquid::Template.parse(templates['index.liquid'])
  registers = { cached_partials: {} }
  File.write("#{out}/#{name}.ruby", template.render(data, registers: registers))
  (turns / 10).times { template.render(data, registers: registers) }
  start = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
  turns.times { template.render(data, registers: registers) }
  spent = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - start
  puts format('%s %.2f', name, spent * 1e6 / turns)
end
